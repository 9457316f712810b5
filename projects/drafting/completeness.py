"""Completeness check: what prevents a submission, with the URL of the page to correct it."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.money import percent
from projects.budget import sums as budget
from projects.budget.national_share import shares
from projects.calls.models import PaperKind, SectionName


class Complaint(NamedTuple):
    """A reason against submission: its part, text and URL; ``wrong`` if not just missing."""

    part: str
    text: str
    place: str
    wrong: bool = False
    returned: bool = False  # listed by the coordinator; cannot be checked automatically


def missing(proposal):
    """All complaints about a proposal read with ``for_page``; an empty list means complete.

    The allowed period in years and the ceiling of national funds are rules of the call
    (operating guideline of 11 November 2019 for the default).
    """
    components = proposal.live_components()
    lines = [line for component in components for line in component.plain_lines()]
    return [
        *in_basics(proposal),
        *in_sections(proposal),
        *in_components(proposal, components),
        *in_budget(proposal, components, lines),
        *in_indicators(proposal),
        *in_papers(proposal),
    ]


def part_address(proposal, part):
    return reverse("projects:part", args=[proposal.pk, part])


def sent_back(proposal, address_of):
    """Shortcomings listed by the coordinator at the return; they do not prevent submission."""
    for row in proposal.open_shortcomings():
        yield Complaint(row.part, row.text, address_of(row.part), wrong=True, returned=True)


def in_basics(proposal):
    place = part_address(proposal, "basics")
    call, years = proposal.call, len(proposal.years)
    if not proposal.purpose.strip():
        yield Complaint("basics", _("Say what the project is for."), f"{place}#id_purpose")
    if not call.least_years <= years <= call.most_years:
        text = _("The period is %(years)s years; the call allows %(least)s to %(most)s.")
        values = {"years": years, "least": call.least_years, "most": call.most_years}
        yield Complaint("basics", text % values, f"{place}#id_first_year", wrong=True)
    if proposal.first_year < call.first_fiscal_year:
        text = _("The first year is %(year)s; the call begins with %(first)s.")
        values = {"year": proposal.first_year, "first": call.first_fiscal_year}
        yield Complaint("basics", text % values, f"{place}#id_first_year", wrong=True)


def in_sections(proposal):
    written = {section.name for section in proposal.sections.all() if section.text.strip()}
    for name in SectionName:
        if name in proposal.call.required_sections and name not in written:
            part = f"section-{name}"
            text = _("The section “%s” is not written yet.") % name.label
            yield Complaint(part, text, part_address(proposal, part))


def in_components(proposal, components):
    place = reverse("projects:new-component", args=[proposal.pk])
    ministries = {component.ministry_id for component in components}
    least = proposal.call.least_ministries
    if len(ministries) < least:
        text = ngettext(
            "A component of at least %(least)s ministry is needed; there are %(now)s.",
            "Components of at least %(least)s different ministries are needed; there are %(now)s.",
            least,
        )
        text %= {"least": least, "now": len(ministries)}
        yield Complaint("components", text, place)
    for component in components:
        if not component.lines.all():
            text = _("“%s” has no budget.") % component
            yield Complaint("budget", text, component.get_absolute_url())


def in_budget(proposal, components, lines):
    """Complaints about amounts, from budget lines as stored or as being typed."""
    national = budget.by(lines, "source").get("national", 0)
    place = part_address(proposal, "budget")
    if not national:
        yield Complaint("budget", _("No national funds are asked for."), place)
    if national > proposal.call.national_ceiling:
        text = _("%(asked)s won of national funds are asked for; the call allows %(ceiling)s.")
        ceiling = proposal.call.national_ceiling
        text %= {"asked": f"{national:,}", "ceiling": f"{ceiling:,}"}
        yield Complaint("budget", text, place, wrong=True)
    for share in shares(proposal, components, lines):
        if share.is_exceeded:
            text = _(
                "The national share of “%(component)s” is %(now)s%%; the call allows %(most)s%%."
            )
            now = percent(share.national, share.total)
            text %= {"component": share.component, "now": now, "most": share.most}
            yield Complaint("budget", text, share.component.get_absolute_url(), wrong=True)
    period, outside = set(proposal.years), {}
    for line in lines:
        if line.year not in period:
            outside.setdefault(line.component, set()).add(line.year)
    for component in components:
        if years := sorted(outside.get(component.pk, ())):
            text = _("“%(component)s” has amounts in %(years)s, outside the period.")
            text %= {"component": component, "years": ", ".join(map(str, years))}
            yield Complaint("budget", text, component.get_absolute_url(), wrong=True)


def in_indicators(proposal):
    """Every indicator needs a target for each year of the period."""
    place = part_address(proposal, "indicators")
    for indicator in proposal.indicators.all():
        missed = set(proposal.years) - {target.year for target in indicator.targets.all()}
        if missed:
            text = _("“%(indicator)s” has no target for %(years)s.")
            text %= {"indicator": indicator, "years": ", ".join(map(str, sorted(missed)))}
            yield Complaint("indicators", text, place)


def in_papers(proposal):
    attached = {paper.kind for paper in proposal.attachments.all() if not paper.removed}
    for kind in PaperKind:
        if kind in proposal.call.required_papers and kind not in attached:
            text = _("Attach: %s.") % kind.label
            yield Complaint(
                "attachments", text, reverse("projects:attachments", args=[proposal.pk])
            )
