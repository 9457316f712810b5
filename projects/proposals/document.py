"""A proposal as a document for printing: its current content, or a submitted revision."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Organisation
from foundation.formats import day, moment
from foundation.printing import documents as paper
from foundation.time import clock
from plans.models import Goal, Standard
from projects.budget import sums as budget
from projects.calls.models import ComponentKind, PaperKind, SectionName

from .models import Risk, Source


@dataclass(frozen=True)
class Reading:
    """The content of a revision with the names of organisations, goals and standards on its day."""

    content: dict
    bodies: dict
    goals: dict
    standards: dict
    on: date

    def name(self, key):
        body = self.bodies.get(key)
        return body.name_on(self.on) if body else str(key or "–")

    def of(self, part):
        """The rows of a part; empty if an old revision does not have the part."""
        return self.content.get(part) or []


def proposal_document(proposal, revision=None):
    """The document's plain values in the current language, for HTML and PDF."""
    content = revision.content if revision else proposal.content()
    on = localtime(revision.submitted_at).date() if revision else clock.today()
    reading = read(content, on)
    lines = plain_lines(reading)
    parts = [
        *sections(reading),
        components(reading),
        money(reading, lines),
        indicators(reading),
        risks(reading),
        other_funding(reading),
        attachments(reading),
    ]
    return heads(proposal, reading, revision) | {
        "facts": cover(proposal, reading, revision, lines),
        "parts": [part for part in parts if part["pieces"]],
    }


def read(content, on):
    components = content.get("components") or []
    keys = {content["applicant"], content.get("lead_ministry"), *(content.get("partners") or [])}
    keys |= {component["ministry"] for component in components}
    keys |= {row.get("ministry") for row in content.get("other_funding") or []}
    goals = {key for component in components for key in component.get("goals") or []}
    standards = {row[0] for component in components for row in component.get("access") or []}
    return Reading(
        content,
        Organisation.objects.named().in_bulk(keys - {None}),
        Goal.objects.select_related("plan").in_bulk(goals),
        Standard.objects.in_bulk(standards),
        on,
    )


def heads(proposal, reading, revision):
    """The texts on the cover and on every page."""
    title = reading.content["title"]
    if revision:
        words = {"number": revision.number, "digest": revision.digest[:8]}
        mark = _("Revision %(number)s · %(digest)s") % words
    else:
        words = {"state": capfirst(proposal.get_state_display()), "day": day(reading.on)}
        mark = _("%(state)s · as of %(day)s") % words
    return {
        "sort": _("Proposal"),
        "title": title,
        "running": Truncator(title).chars(60),
        "author": reading.name(reading.content["applicant"]),
        "mark": mark,
        "draft": revision is None,
        "warning": _("This is the proposal as it is now; it is no submitted revision."),
        "contents": _("Contents"),
        "house": str(settings.HOUSE_NAME),
    }


def cover(proposal, reading, revision, lines):
    content = reading.content
    national = budget.by(lines, "source").get(Source.NATIONAL, 0)
    partners = [reading.name(key) for key in content.get("partners") or []]
    rows = [
        (_("Call"), proposal.call),
        (_("Applicant"), reading.name(content["applicant"])),
        (_("Partner local governments"), ", ".join(partners) or "–"),
        (_("Period"), "–".join(map(str, content["years"]))),
        (_("Lead ministry"), reading.name(content.get("lead_ministry"))),
        (_("Asked for, all sources"), won(budget.total(lines), unit=True)),
        (_("National funds asked for"), won(national, unit=True)),
    ]
    if revision:
        by = f"{moment(revision.submitted_at)}, {revision.submitted_by.name}"
        rows += [
            (_("Submitted"), by),
            (_("Revision"), revision.number),
            ("SHA-256", revision.digest),
        ]
    return paper.facts(*rows)["rows"]


def sections(reading):
    if purpose := reading.content.get("purpose", "").strip():
        yield paper.part(_("Purpose"), paper.text(purpose))
    written = reading.content.get("sections") or {}
    for name in SectionName:
        if written.get(name, "").strip():
            yield paper.part(capfirst(name.label), paper.text(written[name]))


def components(reading):
    pieces = []
    for component in reading.of("components"):
        pieces.append(paper.heading(component["title"]))
        pieces.append(paper.facts(*about(component, reading)))
        if component.get("description", "").strip():
            pieces.append(paper.text(component["description"]))
    return paper.part(_("Components"), *pieces)


def about(component, reading):
    yield _("Ministry"), reading.name(component["ministry"])
    if kind := component.get("kind"):
        yield _("Kind"), choice(ComponentKind, kind)
    for key in component.get("goals") or []:
        if goal := reading.goals.get(key):
            yield _("Goal it serves"), f"{goal} ({goal.plan})"
    for key, before, after in component.get("access") or []:
        if standard := reading.standards.get(key):
            words = {"standard": standard, "before": before, "after": after}
            yield (
                _("Travel time"),
                _("%(standard)s: %(before)s minutes before, %(after)s after") % words,
            )


def plain_lines(reading):
    return [
        budget.Line(component["id"], component["ministry"], year, source, won)
        for component in reading.of("components")
        for year, source, won in component["lines"]
    ]


def money(reading, lines):
    """Tables in won by source, by ministry and by component, with a column for each year."""
    if not lines:
        return paper.part(_("Yearly budget"))
    first, last = reading.content["years"]
    years = sorted({*range(first, last + 1), *(line.year for line in lines)})
    sources = [source for source in Source if source in budget.by(lines, "source")]
    ministries = sorted(budget.by(lines, "ministry"), key=reading.name)
    by_source, whole = budget.table(lines, years, sources, "source")
    by_ministry, _whole = budget.table(lines, years, ministries, "ministry")
    by_component = list(component_rows(reading, lines, years))
    last_row = amounts(_("Sum"), whole, kind="sum")
    heads = [*map(str, years), _("Sum")]
    wide = len(heads) > paper.columns_that_fit([*by_component, last_row])
    tables = (
        (_("By source"), _("Source"), [amounts(choice(Source, r.head), r) for r in by_source]),
        (_("By ministry"), _("Ministry"), [amounts(reading.name(r.head), r) for r in by_ministry]),
        (_("By component and source"), _("Source"), by_component),
    )
    names = {"wide": wide, "unit": _("Unit: won")}
    pieces = [
        piece
        for caption, head, rows in tables
        for piece in paper.number_tables(head, heads, [*rows, last_row], caption=caption, **names)
    ]
    return paper.part(_("Yearly budget"), *pieces, wide=wide)


def component_rows(reading, lines, years):
    for component in reading.of("components"):
        mine = [line for line in lines if line.component == component["id"]]
        sources = [source for source in Source if source in budget.by(mine, "source")]
        rows, whole = budget.table(mine, years, sources, "source")
        yield paper.row(
            component["title"], kind="group", detail=reading.name(component["ministry"])
        )
        for each in rows:
            yield amounts(choice(Source, each.head), each)
        yield amounts(_("Subtotal"), whole, kind="sub")


def amounts(label, each, kind="row"):
    return paper.row(label, *map(won, [*each.cells, each.sum]), kind=kind)


def indicators(reading):
    rows = reading.of("indicators")
    titles = {component["id"]: component["title"] for component in reading.of("components")}
    first, last = reading.content["years"]
    years = sorted({*range(first, last + 1), *(int(y) for row in rows for y in row["targets"])})
    shown = [
        paper.row(
            f"{row['title']} ({row['unit']})",
            number(row["baseline"]),
            *(number(row["targets"].get(str(year))) for year in years),
            detail=" · ".join(filter(None, [titles.get(row["component"]), row["method"]])),
        )
        for row in rows
    ]
    heads = [_("Baseline"), *map(str, years)]
    tables = paper.number_tables(_("Indicator"), heads, shown) if rows else []
    return paper.part(_("Indicators"), *tables)


def risks(reading):
    columns = [
        paper.column(_("What may go wrong"), share=2),
        paper.column(_("Likelihood"), share=0.7),
        paper.column(_("Impact"), share=0.7),
        paper.column(_("What is done about it"), share=3),
    ]
    rows = [
        paper.row(
            row["title"],
            choice(Risk.Level, row["likelihood"]),
            choice(Risk.Level, row["impact"]),
            row["measure"],
        )
        for row in reading.of("risks")
    ]
    return paper.part(_("Risks"), paper.table(columns, rows) if rows else None)


def other_funding(reading):
    columns = [
        paper.column(_("Programme"), share=2),
        paper.column(_("Ministry"), share=1.3),
        paper.column(_("Period"), share=0.9),
        paper.column(_("Won"), number=True),
        paper.column(_("How it differs from this proposal"), share=2.2),
    ]
    rows = [
        paper.row(
            row["title"],
            reading.name(row["ministry"]),
            "–".join(map(str, row["years"])),
            won(row["won"]),
            row["difference"],
        )
        for row in reading.of("other_funding")
    ]
    return paper.part(_("Other funding"), paper.table(columns, rows) if rows else None)


def attachments(reading):
    rows = [
        (row["name"], described(row), f"SHA-256 {row['sha256']}")
        for row in reading.of("attachments")
    ]
    return paper.part(_("Papers"), paper.entries(rows) if rows else None)


def described(row):
    details = (choice(PaperKind, row["kind"]), filesizeformat(row["size"]), row["note"])
    return " · ".join(filter(None, details))


def choice(choices, value):
    """The label of a choice, capitalised; an unknown value is returned as it is."""
    return str(capfirst(dict(choices.choices).get(value, value)))


def won(amount, *, unit=False):
    if not amount:
        return "–"
    return _("%s won") % f"{amount:,}" if unit else f"{amount:,}"


def number(text):
    """A decimal with separators; other text as it is; a dash for None."""
    try:
        return f"{Decimal(text):,}" if text is not None else "–"
    except InvalidOperation:
        return str(text)
