"""Amounts as bars beside the table that has their numbers."""

WIDTH = 600  # of a chart, in its own units
MOST = 12  # charts on a page


def bars(rows, names):
    """[(head, [(name, won, width)])]: each bar as wide as its share of the largest amount.

    ``rows`` are (head, one); ``names`` are the attributes of ``one`` that are shown, in won.
    """
    most = max((getattr(one, name) for _head, one in rows for name in names), default=0)
    if most <= 0:
        return []
    return [
        (head, [(name, getattr(one, name), width_of(getattr(one, name), most)) for name in names])
        for head, one in rows[:MOST]
    ]


def width_of(won, most):
    return max(WIDTH * won // most, 0)
