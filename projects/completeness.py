"""What a proposal still lacks before it can be submitted, each with the place to mend it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import budget


def missing(proposal):
    """All complaints at once, as (text, address); an empty list means complete.

    Periods of three to five years and the ceiling of national funds: the call's rules
    (operating guideline of 11 November 2019 for the default).
    """
    components = proposal.live_components()
    return [
        *in_basics(proposal),
        *in_components(proposal, components),
        *in_budget(proposal, components),
    ]


def in_basics(proposal):
    place = reverse("move-proposal", args=[proposal.pk, "revise"])
    call, years = proposal.call, len(proposal.years)
    if not proposal.purpose.strip():
        yield _("Say what the project is for."), f"{place}#id_purpose"
    if not call.least_years <= years <= call.most_years:
        text = _("The period is %(years)s years; the call allows %(least)s to %(most)s.")
        values = {"years": years, "least": call.least_years, "most": call.most_years}
        yield text % values, f"{place}#id_first_year"
    if proposal.first_year < call.first_fiscal_year:
        text = _("The first year is %(year)s; the call begins with %(first)s.")
        values = {"year": proposal.first_year, "first": call.first_fiscal_year}
        yield text % values, f"{place}#id_first_year"


def in_components(proposal, components):
    place = reverse("new-component", args=[proposal.pk])
    ministries = {component.ministry_id for component in components}
    least = proposal.call.least_ministries
    if len(ministries) < least:
        text = ngettext(
            "A component of at least %(least)s ministry is needed; there are %(now)s.",
            "Components of at least %(least)s different ministries are needed; there are %(now)s.",
            least,
        )
        yield text % {"least": least, "now": len(ministries)}, place
    for component in components:
        if not component.lines.all():
            text = _("“%s” has no budget.") % component
            yield text, component.get_absolute_url()


def in_budget(proposal, components):
    lines = [line for component in components for line in component.plain_lines()]
    national = budget.by(lines, "source").get("national", 0)
    place = f"{proposal.get_absolute_url()}#budget"
    if components and not national:
        yield _("No national funds are asked for."), place
    if national > proposal.call.national_ceiling:
        text = _("%(asked)s won of national funds are asked for; the call allows %(ceiling)s.")
        ceiling = proposal.call.national_ceiling
        yield text % {"asked": f"{national:,}", "ceiling": f"{ceiling:,}"}, place
    for component in components:
        outside = sorted({line.fiscal_year for line in component.lines.all()} - set(proposal.years))
        if outside:
            text = _("“%(component)s” has amounts in %(years)s, outside the period.")
            values = {"component": component, "years": ", ".join(map(str, outside))}
            yield text % values, component.get_absolute_url()
