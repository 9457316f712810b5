"""Makes the new text of an agreement from the old one and their difference, as proof of it."""

from agreements.versions.comparison import MONEY, ROWS, cells, titles


def applied(old, changes):
    """The new text, made from the old one and the result of ``difference``."""
    text = {name: value for name, value in old.items() if name not in changes["facts"]}
    text |= {name: after[0] for name, (_before, after) in changes["facts"].items() if after}
    lists = {
        name: applied_rows(old.get(name, []), change, ROWS[name])
        for name, change in changes["rows"].items()
    }
    if changes["titles"] or changes["cells"]:
        lists[MONEY] = applied_money(old, changes)
    gone = {name for name, (_before, after) in changes["facts"].items() if not after}
    return text | {name: value for name, value in lists.items() if name not in gone}


def applied_rows(old, change, place):
    gone = {row[place] for row in change["gone"]}
    found = {row[place]: row for row in old if row[place] not in gone}
    found |= {after[place]: after for _before, after in change["changed"]}
    found |= {row[place]: row for row in change["new"]}
    return [found[key] for key in change["order"] or found]


def applied_money(old, changes):
    """The schedule: components in the order of their keys, lines by year and source."""
    named, amounts = titles(old), cells(old)
    named |= {key: after for key, _before, after in changes["titles"]}
    amounts |= {tuple(key): after for key, _before, after in changes["cells"]}
    return [
        {
            "component": component,
            "title": named[component],
            "lines": sorted(
                [year, source, won]
                for (owner, year, source), won in amounts.items()
                if owner == component and won is not None
            ),
        }
        for component in sorted(key for key, title in named.items() if title is not None)
    ]
