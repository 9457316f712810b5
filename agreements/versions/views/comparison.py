"""Pages of versions: the list, and any two versions side by side."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.models import Organisation
from foundation.time import clock
from projects.models import Component, Source
from projects.proposals.differences import Cell

from ..comparison import cells, difference
from ..models import Agreement, Party, Version, in_english

COUNTED = ("number", "version", "edition")  # they differ in any two versions


def versions(request, pk):
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    rows = Version.objects.visible_to(request.user).filter(agreement=agreement)
    rows = rows.with_cost().select_related("agreement", "amendment").order_by("-number")
    return render(
        request, "agreements/versions/versions.html", {"agreement": agreement, "rows": rows}
    )


def comparison(request, pk):
    """Compare two versions; the two newest unless others are chosen."""
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user), pk=pk)
    rows = Version.objects.visible_to(request.user).filter(agreement=agreement)
    found = {str(version.number): version for version in rows.order_by("number")}
    numbers = list(found)
    after = chosen(request.GET.get("after"), numbers, numbers[-1])
    before = chosen(request.GET.get("before"), numbers, numbers[max(len(numbers) - 2, 0)])
    context = {
        "agreement": agreement,
        "choices": [(number, label_of(found[number])) for number in numbers],
        "before": before,
        "after": after,
        **compared(found[before], found[after]),
    }
    return render(request, "agreements/versions/comparison.html", context)


def chosen(asked, numbers, default):
    return asked if asked in numbers else default


def label_of(version):
    words = {"number": version.number, "state": version.get_state_display()}
    return _("version %(number)s, %(state)s") % words


def compared(old, new):
    """Template context: all differences between two versions."""
    left, right = old.text(), new.text()
    changes = difference(left, right)
    return {
        "left": _("version %(number)s") % {"number": old.number},
        "right": _("version %(number)s") % {"number": new.number},
        "texts": [*texts(left, right, changes)],
        **amounts(changes["cells"], sum(cells(left).values())),
    }


def amounts(changed, before):
    """Template context: amounts that differ, and the sum of all amounts before and after (won)."""
    keys = {component for (component, _year, _source), _then, _now in changed}
    titles = dict(Component.objects.filter(pk__in=keys).values_list("pk", "title"))
    shown = [
        Cell(titles[component], year, Source(source).label, then or 0, now or 0)
        for (component, year, source), then, now in changed
    ]
    after = before + sum(cell.change for cell in shown)
    return {"cells": shown, "total": Cell("", 0, "", before, after)}


def texts(left, right, changes):
    """Yield all differences except amounts, in the order of the text."""
    names = names_in(left, right)
    yield from facts(changes["facts"])
    for label, lines in ((_("Parties"), party_list), (_("Heirs of a divided ministry"), heir_list)):
        before, after = lines(left, names), lines(right, names)
        if before != after:
            yield {"label": label, "before": before, "after": after}
    yield from articles(changes)


def names_in(*texts):
    keys = {row[0] for text in texts for row in text["parties"]}
    keys |= {row[1] for text in texts for row in text.get("heirs", [])}
    today = clock.today()
    return {b.pk: b.name_on(today) for b in Organisation.objects.filter(pk__in=keys).named()}


def facts(changed):
    """Yield differences of title, period, area and other facts."""
    labels = {"title": _("Title"), "years": _("Period"), "area": _("Area")}
    for name, (before, after) in changed.items():
        if name not in COUNTED:
            yield {
                "label": labels.get(name, name),
                "before": fact(name, before),
                "after": fact(name, after),
            }


def fact(name, held):
    if not held or held[0] in (None, []):
        return ""
    if name == "years":
        return "–".join(map(str, held[0]))
    return f"{held[0]:,} ㎡" if name == "area" else str(held[0])


def party_list(text, names):
    """One party per line: its printed name, or today's name before a name is printed."""
    roles, printed = dict(Party.Role.choices), 3 if in_english() else 2
    return "\n".join(
        f"{row[printed] or names.get(row[0], row[0])} ({roles[row[1]]})" for row in text["parties"]
    )


def heir_list(text, names):
    rows = text.get("heirs", [])
    titles = dict(Component.objects.filter(pk__in=[r[0] for r in rows]).values_list("pk", "title"))
    return "\n".join(f"{titles[pk]}: {names.get(heir, heir)}" for pk, heir in rows)


def articles(changes):
    """Yield new, removed and changed articles, the Korean text before the English one."""
    changed = changes["rows"].get("articles", {"gone": [], "new": [], "changed": []})
    pairs = [(row, None) for row in changed["gone"]]
    pairs += [(None, row) for row in changed["new"]] + list(map(tuple, changed["changed"]))
    for before, after in sorted(pairs, key=lambda pair: (pair[0] or pair[1])[0]):
        yield from in_both_languages(before, after)


def in_both_languages(before, after):
    number = (before or after)[0]
    for heading, body, label in (
        (1, 2, _("Article %s")),
        (3, 4, _("Article %s, English text")),
    ):
        sides = [f"{row[heading]}\n{row[body]}".strip() if row else "" for row in (before, after)]
        if sides[0] != sides[1]:
            yield {"label": label % number, "before": sides[0], "after": sides[1]}
