"""Pages of a draft: each edits one thing of it."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from foundation.pages import make_move

from ..forms import ArticleForm, PartiesForm, RemovePartyForm, ScheduleForm
from ..models import Article, Party, Version
from ..workflow import AGREEMENT
from .agreements import newest_version
from .standing import revising_move


def revise(request, version, form, template="move.html", heading="", button="", **more):
    """One edit of the draft: a form of its own, the same move.

    Of an amendment, the party that proposed it writes too.
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
    return revise(request, version, ArticleForm, "agreements/article.html", **words)


def article(request, pk):
    versions = Version.objects.visible_to(request.user)
    article = get_object_or_404(Article.objects.filter(version__in=versions), pk=pk)
    words = {"heading": str(article)}
    return revise(
        request, article.version, ArticleForm, "agreements/article.html", article=article, **words
    )


def new_party(request, pk):
    version = newest_version(request.user, pk)
    words = {"heading": gettext("Name one more party")}
    return revise(request, version, PartiesForm, "agreements/party.html", **words)


def remove_party(request, pk):
    party = get_object_or_404(Party.objects.visible_to(request.user).for_page(), pk=pk)
    words = {"heading": gettext("Take out"), "button": gettext("Take out")}
    return revise(
        request,
        party.version,
        RemovePartyForm,
        "agreements/remove_party.html",
        party=party,
        **words,
    )


def schedule(request, pk, component):
    version = newest_version(request.user, pk)
    component = get_object_or_404(version.agreement.proposal.components.all(), pk=component)
    words = {"heading": gettext("Edit the amounts")}
    return revise(
        request, version, ScheduleForm, "agreements/schedule.html", component=component, **words
    )
