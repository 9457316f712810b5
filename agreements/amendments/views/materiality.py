"""The five criteria of materiality as text for pages, with the used part of each limit."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.models import Organisation
from foundation.time import clock

from ..materiality import is_material
from ..scope import baseline_of, criteria_of

LABELS = {
    "cost": gettext_lazy("Total cost"),
    "area": gettext_lazy("Area"),
    "period": gettext_lazy("Period"),
    "parties": gettext_lazy("Parties"),
    "lead": gettext_lazy("Lead ministry"),
}


@dataclass(frozen=True)
class Meter:
    """One criterion as text; ``used`` is in tenths of a percent of the limit."""

    label: str
    before: str
    after: str
    change: str
    limit: str
    used: int | None
    hit: bool


def materiality_parts(version):
    """Template context: meters of a version, whether it is material, and the baseline version."""
    criteria = criteria_of(version)
    names = names_of(criteria)
    return {
        "meters": [meter_of(criterion, names) for criterion in criteria],
        "material": is_material(criteria),
        "baseline": baseline_of(version),
    }


def names_of(criteria):
    keys = set()
    for criterion in criteria:
        if criterion.name == "parties":
            keys |= {*criterion.before, *criterion.after}
        if criterion.name == "lead":
            keys |= {criterion.before, criterion.after}
    bodies = Organisation.objects.filter(pk__in=keys).named()
    return {body.pk: body.name_on(clock.today()) for body in bodies}


def meter_of(criterion, names):
    before, after, change, limit = WORDS[criterion.name](criterion, names)
    used = criterion.used if criterion.limit is not None and criterion.change is not None else None
    label = LABELS[criterion.name]
    return Meter(label, before, after, change, limit, used, criterion.hit)


def amounts(unit):
    def words(criterion, _names):
        before, after = (
            f"{value:,} {unit()}" if value is not None else gettext("not stated")
            for value in (criterion.before, criterion.after)
        )
        if criterion.change is None:
            change = gettext("not measured")
        else:
            sign = "+" if criterion.change > 0 else ""
            change = f"{sign}{criterion.change:,} {unit()} = {percent(criterion.share)} %"
        limit = gettext("from %s %% on") % criterion.limit
        return before, after, change, limit

    return words


def percent(share):
    """A percentage with one decimal, rounded down: 29.96 is shown as 29.9."""
    if share is None:
        return "–"
    tenths = int(share * 10)
    return f"{tenths // 10}.{tenths % 10}"


def period(criterion, _names):
    years = ngettext("%d year", "%d years", criterion.change) % criterion.change
    limit = ngettext("from %d year on", "from %d years on", criterion.limit) % criterion.limit
    return "–".join(map(str, criterion.before)), "–".join(map(str, criterion.after)), years, limit


def parties(criterion, names):
    texts = [
        text % ", ".join(names.get(pk, pk) for pk in side)
        for text, side in (
            (gettext("leaves: %s"), criterion.change.gone),
            (gettext("joins: %s"), criterion.change.new),
        )
        if side
    ]
    counts = (
        ngettext("%d party", "%d parties", len(side)) % len(side)
        for side in (criterion.before, criterion.after)
    )
    return *counts, "; ".join(texts) or gettext("none"), gettext("any change")


def lead(criterion, names):
    change = gettext("another ministry") if criterion.change else gettext("none")
    sides = (names.get(pk, pk) for pk in (criterion.before, criterion.after))
    return *sides, change, gettext("any change")


WORDS = {
    "cost": amounts(lambda: gettext("won")),
    "area": amounts(lambda: "㎡"),
    "period": period,
    "parties": parties,
    "lead": lead,
}
