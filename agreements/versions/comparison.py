"""All differences between two texts of an agreement, as plain values without models.

A text is what ``Version.text()`` returns. ``difference`` returns what changed, as JSON values:
enough to make the new text from the old one, to the last character.
Rows of a list have a unique key: parties their organisation, articles their number.
"""

ROWS = {"parties": 0, "articles": 0, "heirs": 0}  # lists of rows, and the place of the key in them
MONEY = "schedule"


def difference(old, new):
    """{"facts", "rows", "titles", "cells"}: each part is empty where nothing changed."""
    return {
        "facts": facts(old, new),
        "rows": {
            name: found
            for name, place in ROWS.items()
            if (found := rows(old.get(name, []), new.get(name, []), place))
        },
        "titles": pairs(titles(old), titles(new)),
        "cells": pairs(cells(old), cells(new)),
    }


def facts(old, new):
    """{name: [before, after]} of everything that is neither rows nor money; [] is missing.

    For rows and money it compares only whether the list exists: older texts lack some.
    """
    names = sorted({*old, *new})
    sides = {name: [held(old, name), held(new, name)] for name in names}
    return {name: sides[name] for name in names if sides[name][0] != sides[name][1]}


def held(text, name):
    if name not in text:
        return []
    return [[]] if name in (*ROWS, MONEY) else [text[name]]


def rows(old, new, place):
    """Removed, new and changed rows, and their order where it does not follow from these."""
    before, after = {row[place]: row for row in old}, {row[place]: row for row in new}
    found = {
        "gone": [row for key, row in before.items() if key not in after],
        "new": [row for key, row in after.items() if key not in before],
        "changed": [
            [before[key], row] for key, row in after.items() if key in before and before[key] != row
        ],
    }
    natural = [key for key in before if key in after] + [row[place] for row in found["new"]]
    order = [] if natural == list(after) else list(after)
    return found | {"order": order} if order or any(found.values()) else {}


def titles(text):
    return {part["component"]: part["title"] for part in text.get(MONEY, [])}


def cells(text):
    """{(component, year, source): won}."""
    return {
        (part["component"], year, source): won
        for part in text.get(MONEY, [])
        for year, source, won in part["lines"]
    }


def pairs(old, new):
    """[[key, before, after]] of what differs; None means missing."""
    return [
        [key if not isinstance(key, tuple) else list(key), old.get(key), new.get(key)]
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    ]
