"""What the page of an agreement shows of its clauses: remarks, stances, amounts that differ."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.drafting.first_draft import cells_apart
from agreements.drafting.models import Remark
from agreements.drafting.workflow import REMARK
from agreements.versions.models import Article, Party, Version
from agreements.versions.views.comparison import amounts

from .clause_positions import clauses_of, held
from .models import Stance

V, S = Version.State, Party.State
SHOWN = (V.CONSENT, V.FROZEN, V.SIGNING)
AGREED = (S.CONSENTED, S.INVITED, S.SIGNED, S.DECLINED)


def clause_parts(user, version, parties):
    """Articles with their remarks, the table of clauses by parties, and amounts apart."""
    remarks = list(Remark.objects.visible_to(user).for_page().filter(version=version))
    articles = sorted(version.articles.all(), key=lambda article: article.number)
    return {
        "articles": [article_row(article, articles, remarks) for article in articles],
        "stray_remarks": [remark for remark in remarks if remark.article_id is None],
        "open_remarks": sum(remark.state == Remark.State.OPEN for remark in remarks),
        "may_remark": version.state == V.DRAFTING and may_remark(user, version, parties),
        "apart": bool(cells_apart(version)) if version.state == V.DRAFTING else False,
        "clauses": clause_table(version, parties) if version.state in SHOWN else [],
        "objections": objections_before(parties) if version.state == V.DRAFTING else [],
    }


def article_row(article, articles, remarks):
    own = [remark for remark in remarks if remark.article_id == article.pk]
    return {
        "article": article,
        "remarks": own,
        "up": article.number - 1,
        "down": article.number + 1 if article.number < len(articles) else 0,
    }


def may_remark(user, version, parties):
    """Does the person write for one of the parties?"""
    return any(
        REMARK["write"].post_of(user, Remark(version=version, organisation=party.organisation))
        for party in parties
    )


def clause_table(version, parties):
    """A row for each clause, a cell for each party in the order of the text."""
    stances = {party.pk: {} for party in parties}
    for stance in Stance.objects.filter(party__version=version, stands=True):
        stances[stance.party_id][stance.number] = stance
    return [
        {
            "label": clause.label,
            "cells": [cell(party, held(stances[party.pk], clause)) for party in parties],
        }
        for clause in clauses_of(version)
    ]


def cell(party, stance):
    """A consent given covers a slip that all confirmed since."""
    if stance and not stance.agrees:
        return {
            "party": party.name,
            "code": "objects",
            "words": _("objects"),
            "remark": stance.remark,
        }
    agrees = stance or party.state in AGREED
    if party.state == S.INFORMED and not stance:
        return {"party": party.name, "code": "informed", "words": _("not asked"), "remark": ""}
    words = _("agrees") if agrees else pgettext("stance", "open")
    return {
        "party": party.name,
        "code": "agrees" if agrees else "open",
        "words": words,
        "remark": "",
    }


def objections_before(parties):
    """What was objected to before the text was taken back, for whoever mends it."""
    rows = Stance.objects.filter(party__in=parties, stands=False, agrees=False)
    names = {party.pk: party.name for party in parties}
    return [
        {
            "party": names[row.party_id],
            "clause": _("Article %s") % row.number if row.number else _("Schedule"),
            "remark": row.remark,
        }
        for row in rows.order_by("number", "pk")
    ]


def amounts_apart(version):
    """The schedule beside what was coordinated, as the parts of a comparison show it."""
    before = sum(version.schedule.values_list("won", flat=True))
    words = {"left": _("schedule of the draft"), "right": _("as coordinated")}
    return words | amounts(cells_apart(version), before)


def article_of(user, pk):
    """An article of a version that ``user`` may see, as (version, article)."""
    versions = Version.objects.visible_to(user).for_page()
    article = Article.objects.filter(version__in=versions.values("pk"), pk=pk).first()
    return (versions.get(pk=article.version_id), article) if article else (None, None)
