"""A submitted revision for the page beside its review: parts, components, budget cells."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from foundation.formats import moment
from foundation.money import percent
from foundation.printing import documents as paper
from projects.budget import sums as budget
from projects.calls.models import SectionName
from projects.drafting.task_list import BY_NAME
from projects.proposals import document
from projects.proposals.models import Source

from .references import cell_subject, words_in


@dataclass(frozen=True)
class Cell:
    """One requested amount in won, which can have comments."""

    subject: str
    year: int
    won: int


@dataclass(frozen=True)
class Block:
    """One part of the proposal on the page, which can have comments and questions.

    ``pieces`` are those of a printed document; ``tables`` are sums by year, ``grid`` has a cell
    for each amount; ``files`` are attachments.
    """

    subject: str
    title: str
    pieces: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    grid: dict | None = None
    files: list = field(default_factory=list)
    note: str = ""
    parts: tuple = ()  # blocks that are folded inside

    @property
    def is_empty(self):
        return not (self.pieces or self.tables or self.grid or self.files or self.parts)


@dataclass(frozen=True)
class Proposal:
    """The revision that one review is about, as blocks in the order of display."""

    blocks: list
    facts: list
    titles: dict

    def words(self, subject):
        return words_in(subject, self.titles)

    def anchor(self, subject):
        """The HTML id for a subject; a cell that is not shown leads to its component."""
        if subject in self.subjects:
            return subject
        return f"component-{subject.split('-')[1]}" if subject.startswith("cell-") else subject

    @property
    def subjects(self):
        """{subject: position on the page} of everything that can have comments."""
        found = []
        for block in self.blocks:
            for each in (block, *block.parts):
                found.append(each.subject)
                if each.grid:
                    found += [cell.subject for row in each.grid["rows"] for cell in row["cells"]]
        return {subject: rank for rank, subject in enumerate(found)}


def proposal_of(review):
    """The revision that a review is about, in the current language, with its cells."""
    revision = review.revision
    on = localtime(revision.submitted_at).date()
    reading = document.read(revision.content, on)
    components = reading.of("components")
    mine = [row for row in components if row["id"] == review.component_id]
    others = [row for row in components if row["id"] != review.component_id]
    return Proposal(
        [
            part("basics", basics(reading)),
            part("partners", partners(reading)),
            *(part(f"section-{name}", section(reading, name)) for name in SectionName),
            *(own_component(row, reading) for row in mine),
            other_components(others, reading),
            money(reading),
            part("indicators", document.indicators(reading)["pieces"]),
            part("risks", document.risks(reading)["pieces"]),
            part("other-funding", document.other_funding(reading)["pieces"]),
            papers(reading),
        ],
        frozen(revision),
        {row["id"]: row["title"] for row in components},
    )


def frozen(revision):
    """When and by whom the revision was submitted, and its SHA-256."""
    by = f"{moment(revision.submitted_at)}, {revision.submitted_by.name}"
    return [(_("Submitted"), by), ("SHA-256", revision.digest)]


def part(name, pieces):
    return Block(f"part-{name}", capfirst(BY_NAME[name].label), [p for p in pieces if p])


def basics(reading):
    content = reading.content
    yield paper.facts(
        (_("Applicant"), reading.name(content["applicant"])),
        (_("Period"), "–".join(map(str, content["years"]))),
        (_("Lead ministry"), reading.name(content.get("lead_ministry"))),
    )
    if content.get("purpose", "").strip():
        yield paper.text(content["purpose"])


def partners(reading):
    names = [reading.name(key) for key in reading.of("partners")]
    return [paper.text("\n".join(names))] if names else []


def section(reading, name):
    written = (reading.content.get("sections") or {}).get(name, "")
    return [paper.text(written)] if written.strip() else []


def own_component(row, reading):
    return component(row, reading, grid=cells(row))


def component(row, reading, **money):
    pieces = [paper.facts(*document.about(row, reading))]
    if row.get("description", "").strip():
        pieces.append(paper.text(row["description"]))
    return Block(f"component-{row['id']}", row["title"], pieces, **money)


def other_components(rows, reading):
    """The components of other ministries, folded, each with its total."""
    folded = tuple(
        component(
            row,
            reading,
            tables=[by_source(lines_of(row))],
            note=f"{reading.name(row['ministry'])} · {total_of(row)}",
        )
        for row in rows
    )
    return Block("part-components", _("Other components"), parts=folded)


def total_of(row):
    return _("%s won") % f"{sum(won for _year, _source, won in row['lines']):,}"


def lines_of(row):
    return [
        budget.Line(row["id"], row["ministry"], year, source, won)
        for year, source, won in row["lines"]
    ]


def cells(row):
    """The requested amounts of a component by source and year, and its national share."""
    lines = lines_of(row)
    years = sorted(budget.by(lines, "year"))
    rows, whole = budget.table(lines, years, sources_in(lines), "source")
    national = budget.by(lines, "source").get(Source.NATIONAL, 0)
    return {
        "years": years,
        "rows": [
            {
                "label": document.choice(Source, each.head),
                "cells": [
                    Cell(cell_subject(row["id"], year, each.head), year, won)
                    for year, won in zip(years, each.cells, strict=True)
                ],
                "sum": each.sum,
            }
            for each in rows
        ],
        "all": whole,
        "share": percent(national, whole.sum),
    }


def sources_in(lines):
    found = budget.by(lines, "source")
    return [source.value for source in Source if source in found]


def money(reading):
    """The yearly budget of the whole proposal, by source and by ministry."""
    lines = document.plain_lines(reading)
    if not lines:
        return part("budget", [])
    ministries = sorted(budget.by(lines, "ministry"), key=reading.name)
    tables = [by_source(lines), table(lines, "ministry", ministries, reading.name)]
    return Block("part-budget", capfirst(BY_NAME["budget"].label), tables=tables)


def by_source(lines):
    def label(source):
        return document.choice(Source, source)

    return table(lines, "source", sources_in(lines), label)


def table(lines, name, heads, label):
    """Sums in won by year, with a row for each head."""
    years = sorted(budget.by(lines, "year"))
    rows, whole = budget.table(lines, years, heads, name)
    titles = {
        "source": (_("By source"), _("Source")),
        "ministry": (_("By ministry"), _("Ministry")),
    }
    title, head = titles[name]
    labelled = [(label(row.head), row) for row in rows]
    return {"title": title, "head": head, "years": years, "rows": labelled, "all": whole}


def papers(reading):
    files = [
        {key: row[key] for key in ("id", "name", "sha256")} | {"details": document.described(row)}
        for row in reading.of("attachments")
    ]
    return Block("part-attachments", capfirst(BY_NAME["attachments"].label), files=files)
