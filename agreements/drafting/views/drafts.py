"""Pages that edit a draft: articles, parties, amounts."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from agreements.amendments.views.panel import revising_move
from agreements.consent.views import differing_amounts
from agreements.versions.models import Article, Party, Version
from agreements.versions.views.agreements import newest_version
from agreements.versions.workflow import AGREEMENT
from foundation.web.pages import make_move

from ..forms import ArticleForm, PartiesForm, PlaceForm, RemoveArticleForm, RemovePartyForm


def revise(request, version, form, template="move.html", heading="", button="", **more):
    """Edit the draft with ``form``; all edits make the same move.

    An amendment is also edited by the party that proposed it, with the move ``amend``.
    """
    move = revising_move(request.user, version)

    def form_class(data=None, **options):
        return form(data, **options, **more)

    words = {"heading": heading, "button": button or gettext("Save")}
    forms = {move: form_class}
    return make_move(
        request, AGREEMENT, version, move, forms=forms, template=template, **more, **words
    )


def new_article(request, pk):
    version = newest_version(request.user, pk)
    words = {"heading": gettext("Add an article")}
    return revise(request, version, ArticleForm, "agreements/drafting/article.html", **words)


def article(request, pk):
    found = visible_article(request.user, pk)
    words = {"heading": str(found)}
    return revise(
        request,
        found.version,
        ArticleForm,
        "agreements/drafting/article.html",
        article=found,
        **words,
    )


def visible_article(user, pk):
    versions = Version.objects.visible_to(user)
    return get_object_or_404(Article.objects.filter(version__in=versions), pk=pk)


def place_article(request, pk):
    found = visible_article(request.user, pk)
    words = {"heading": gettext("Move the article"), "button": gettext("Move")}
    return revise(
        request, found.version, PlaceForm, "agreements/drafting/place.html", article=found, **words
    )


def remove_article(request, pk):
    found = visible_article(request.user, pk)
    words = {"heading": gettext("Remove this article"), "button": gettext("Remove")}
    return revise(
        request,
        found.version,
        RemoveArticleForm,
        "agreements/drafting/remove_article.html",
        article=found,
        **words,
    )


def new_party(request, pk):
    version = newest_version(request.user, pk)
    words = {"heading": gettext("Name one more party")}
    return revise(request, version, PartiesForm, "agreements/drafting/party.html", **words)


def remove_party(request, pk):
    party = get_object_or_404(Party.objects.visible_to(request.user).for_page(), pk=pk)
    words = {"heading": gettext("Take out"), "button": gettext("Take out")}
    return revise(
        request,
        party.version,
        RemovePartyForm,
        "agreements/drafting/remove_party.html",
        party=party,
        **words,
    )


def take_amounts(request, pk):
    """Show how coordinated amounts and schedule differ (won), before they replace it."""
    version = newest_version(request.user, pk)
    return make_move(
        request,
        AGREEMENT,
        version,
        "take_amounts",
        template="agreements/drafting/take_amounts.html",
        **differing_amounts(version),
    )
