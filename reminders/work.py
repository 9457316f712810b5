"""“My work”: what waits for me, how urgent it is, and what I wait for."""

from dataclasses import dataclass
from datetime import date

from foundation.calendar import working_days_between

from .deadlines import KINDS

SHOWN = 20  # of each kind; whoever has more is led to the list


@dataclass(frozen=True)
class Item:
    """One open matter as a line of the page."""

    kind: object
    record: object
    due: date | None
    days: int | None
    holder: object = None

    @property
    def group(self):
        if self.due is None:
            return "undated"
        return "overdue" if self.days < 0 else "today" if self.days == 0 else "coming"


GROUPS = ("overdue", "today", "coming", "undated")


def work_of(user, today):
    """Items by group, and the kinds of which there are more than shown."""
    groups, more = {group: [] for group in GROUPS}, []
    for kind in KINDS:
        found = items(kind, kind.work_of(user, today), today)
        if len(found) > SHOWN:
            more.append(kind)
        for item in found[:SHOWN]:
            groups[item.group].append(item)
    for group in groups.values():
        group.sort(key=lambda item: item.due or today)
    return groups, more


def awaited_by(user, today):
    """What others must do before the user's own matters go on."""
    found = []
    for kind in KINDS:
        if kind.holder:
            found += items(kind, kind.awaited_by(user, today), today)[:SHOWN]
    return sorted(found, key=lambda item: (item.due is None, item.due or today))


def items(kind, rows, today):
    return [item(kind, record, today) for record in rows[: SHOWN + 1]]


def item(kind, record, today):
    days = None
    if record.due:
        days = working_days_between(today, record.due)
        days = -1 if days == 0 and record.due < today else days
    return Item(kind, record, record.due, days, holder_of(kind, record))


def holder_of(kind, record):
    if not kind.holder:
        return None
    return getattr(getattr(record, "appropriation", record), kind.holder)
