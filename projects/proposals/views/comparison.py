"""Comparison of two revisions of a proposal."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.models import Organisation
from foundation.time import clock

from .. import differences
from ..models import Proposal

NOW = "now"


def compare(request, pk):
    """Compare two revisions, or one with the current content; default: last with current."""
    proposal = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    states = {str(revision.number): revision for revision in proposal.revisions.order_by("number")}
    numbers = list(states)
    choices = [*((n, _("revision %(number)s") % {"number": n}) for n in numbers), (NOW, _("now"))]
    before = chosen(request.GET.get("before"), choices, (numbers or [NOW])[-1])
    after = chosen(request.GET.get("after"), choices, NOW)
    left, right = (content_of(proposal, states, which) for which in (before, after))
    names = organisation_names([left, right])
    context = {
        "proposal": proposal,
        "choices": choices,
        "before": before,
        "after": after,
        "labels": dict(choices),
        "left": dict(choices)[before],
        "right": dict(choices)[after],
        "texts": list(differences.texts(left, right, names)),
        "cells": list(differences.cells(left, right)),
        "total": differences.total(left, right),
    }
    return render(request, "projects/proposals/compare.html", context)


def chosen(asked, choices, default):
    return asked if asked in dict(choices) else default


def content_of(proposal, states, which):
    return proposal.content() if which == NOW else states[which].content


def organisation_names(contents):
    """{primary key: name} of the organisations in two contents, in two queries."""
    keys = set()
    for content in contents:
        keys |= {*content["partners"], *(c["ministry"] for c in content["components"])}
        keys |= {row.get("ministry") for row in content.get("other_funding", [])}
    bodies = Organisation.objects.filter(pk__in=keys - {None}).named()
    return {body.pk: body.name_on(clock.today()) for body in bodies}
