"""Warnings about the plans that components cite: missing or contradictory citations."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _


class Remark(NamedTuple):
    """A warning about a citation, with the URL of the page to correct it."""

    text: str
    place: str


def remarks(proposal):
    """All warnings about a proposal read with ``for_page``; they do not prevent submission."""
    for component in proposal.live_components():
        place = reverse("projects:citations", args=[component.pk])
        for text in (*uncited(component), *of_goals(component, proposal), *of_access(component)):
            yield Remark(text, place)


def uncited(component):
    """Components without a goal of a plan, facilities without a minimum standard."""
    if not component.goals.all():
        yield _("“%s” serves no goal of a plan above.") % component
    if component.is_facility and not component.access.all():
        yield _("“%s” builds a facility and cites no minimum standard.") % component


def of_goals(component, proposal):
    for goal in component.goals.all():
        values = {"component": component, "goal": goal, "plan": goal.plan}
        if goal.plan.state == goal.plan.State.SUPERSEDED:
            text = _("“%(component)s” cites “%(goal)s” of “%(plan)s”, which is superseded.")
            yield text % values
        if not covers(goal.plan, proposal):
            text = _("“%(component)s” cites “%(plan)s”, whose period (%(years)s) is another one.")
            yield text % (values | {"years": years_of(goal.plan)})


def of_access(component):
    for access in component.access.all():
        standard = access.standard
        values = {"component": component, "facility": standard, "minutes": standard.minutes}
        values |= {"before": access.minutes_before, "after": access.minutes_after}
        if not component.is_facility:
            text = _("“%(component)s” cites a standard for “%(facility)s” and is no facility.")
            yield text % values
        if access.minutes_after >= access.minutes_before:
            text = _(
                "“%(component)s”: “%(facility)s” comes no nearer (%(before)s to %(after)s minutes)."
            )
            yield text % values
        elif access.minutes_after > standard.minutes:
            text = _(
                "“%(component)s”: “%(facility)s” stays beyond the standard"
                " (%(after)s minutes, at most %(minutes)s)."
            )
            yield text % values


def covers(plan, proposal):
    """Whether the proposal's period is within the plan's."""
    return plan.first_year <= proposal.first_year and proposal.last_year <= plan.last_year


def years_of(plan):
    return f"{plan.first_year}–{plan.last_year}"
