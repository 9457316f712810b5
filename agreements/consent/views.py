"""Page of an agreement: articles with remarks, stances on clauses, amounts that differ."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agreements.drafting.first_draft import differing_cells
from agreements.drafting.models import Remark
from agreements.drafting.workflow import REMARK
from agreements.versions.models import Article, Party, Version
from agreements.versions.views.comparison import amounts

from .clause_positions import clauses_of, current_stance
from .models import Stance

V, S = Version.State, Party.State
SHOWN = (V.CONSENT, V.FROZEN, V.SIGNING)
AGREED = (S.CONSENTED, S.INVITED, S.SIGNED, S.DECLINED)


def clause_parts(user, version, parties):
    """Template context: articles with remarks, clauses by parties, and whether amounts differ."""
    remarks = list(Remark.objects.visible_to(user).for_page().filter(version=version))
    articles = sorted(version.articles.all(), key=lambda article: article.number)
    return {
        "articles": [article_row(article, articles, remarks) for article in articles],
        "stray_remarks": [remark for remark in remarks if remark.article_id is None],
        "open_remarks": sum(remark.state == Remark.State.OPEN for remark in remarks),
        "may_remark": version.state == V.DRAFTING and may_remark(user, version, parties),
        "amounts_differ": bool(differing_cells(version)) if version.state == V.DRAFTING else False,
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
    """Whether the person may write remarks for one of the parties."""
    return any(
        REMARK["write"].post_of(user, Remark(version=version, organisation=party.organisation))
        for party in parties
    )


def clause_table(version, parties):
    """One row per clause, with one cell per party in the order of the text."""
    stances = {party.pk: {} for party in parties}
    for stance in Stance.objects.filter(party__version=version, valid=True):
        stances[stance.party_id][stance.number] = stance
    return [
        {
            "label": clause.label,
            "cells": [
                clause_cell(party, current_stance(stances[party.pk], clause)) for party in parties
            ],
        }
        for clause in clauses_of(version)
    ]


def clause_cell(party, stance):
    """One answer for the table; consent also covers clauses that were corrected since."""
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
    """Objections from before the text was taken back, shown to those who edit it."""
    rows = Stance.objects.filter(party__in=parties, valid=False, agrees=False)
    names = {party.pk: party.name for party in parties}
    return [
        {
            "party": names[row.party_id],
            "clause": _("Article %s") % row.number if row.number else _("Schedule"),
            "remark": row.remark,
        }
        for row in rows.order_by("number", "pk")
    ]


def differing_amounts(version):
    """Template context: schedule of the draft and coordinated amounts (won), as a comparison."""
    before = sum(version.schedule.values_list("won", flat=True))
    words = {"left": _("schedule of the draft"), "right": _("as coordinated")}
    return words | amounts(differing_cells(version), before)


def article_of(user, pk):
    """(version, article) if ``user`` may see the version of the article, else (None, None)."""
    versions = Version.objects.visible_to(user).for_page()
    article = Article.objects.filter(version__in=versions.values("pk"), pk=pk).first()
    return (versions.get(pk=article.version_id), article) if article else (None, None)
