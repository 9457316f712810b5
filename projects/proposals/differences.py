"""Differences of two revisions: texts and budget cells. Plain values, no database."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from foundation.money import percent
from projects.calls.models import SectionName

from .models import Source


class TextPair(NamedTuple):
    """A text before and after; one of them may be missing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Cell:
    """An amount of one component, year and source before and after, in won."""

    component: str
    year: int
    source: str
    before: int
    after: int

    @property
    def change(self):
        return self.after - self.before

    @property
    def rate(self):
        """The change in percent with its sign; empty if the amount before was 0."""
        if not self.before:
            return ""
        size = percent(abs(self.change), self.before)
        return f"{'+' if self.change > 0 else '−'}{size}%"


def texts(before, after, names):
    """Texts that differ, in the order of display; ``names`` is {organisation: name}."""
    left, right = readable(before, names), readable(after, names)
    for label in {**left, **right}:
        if left.get(label, "") != right.get(label, ""):
            yield TextPair(label, left.get(label, ""), right.get(label, ""))


def readable(content, names):
    """All texts of a revision as {label: text}; parts may be missing in old revisions."""
    shown = {
        _("Title"): content["title"],
        _("Purpose"): content["purpose"],
        _("Period"): "–".join(map(str, content["years"])),
        _("Partner local governments"): ", ".join(names.get(pk, pk) for pk in content["partners"]),
    }
    written = content.get("sections", {})
    shown |= {str(name.label): written[name] for name in SectionName if name in written}
    for component in content["components"]:
        ministry = names.get(component["ministry"], component["ministry"])
        shown[component_label(component)] = f"{ministry}\n{component['description']}"
    for part, label in (
        ("indicators", _("Indicator")),
        ("risks", _("Risk")),
        ("other_funding", _("Other funding")),
        ("attachments", _("Attachment")),
    ):
        for row in content.get(part, []):
            shown[f"{label}: {row.get('title') or row.get('name')}"] = row_text(row, names)
    return shown


def component_label(component):
    return _("Component: %s") % component["title"]


def row_text(row, names):
    left_out = ("id", "title", "name")
    values = [flat(value, names) for name, value in row.items() if name not in left_out]
    return "\n".join(value for value in values if value)


def flat(value, names):
    if isinstance(value, dict):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, list):
        return "–".join(map(str, value))
    return names.get(value, str(value)) if value not in (None, "") else ""


def cells(before, after):
    """The amounts that differ, component by component, year by year, source by source."""
    left, right = amounts(before), amounts(after)
    titles = {c["id"]: c["title"] for c in [*before["components"], *after["components"]]}
    for component, year, source in sorted({*left, *right}):
        then, now = left.get((component, year, source), 0), right.get((component, year, source), 0)
        if then != now:
            yield Cell(titles[component], year, Source(source).label, then, now)


def amounts(content):
    return {
        (component["id"], year, source): won
        for component in content["components"]
        for year, source, won in component["lines"]
    }


def total(before, after):
    """The totals before and after, as one cell."""
    return Cell("", 0, "", sum(amounts(before).values()), sum(amounts(after).values()))
