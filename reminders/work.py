"""“My work”: what waits for me, how urgent it is, and what I wait for."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .deadlines import KINDS, days_left
from .models import Notice

SHOWN = 20  # of each kind; whoever has more is led to the list
GROUPS = ("escalated", "overdue", "today", "coming", "undated")


@dataclass(frozen=True)
class Item:
    """One open matter as a line of the page.

    It has waited for ``holder`` since the day ``since``; ``reminded`` is the day of the
    last reminder, to whomever.
    """

    kind: object
    record: object
    due: date | None
    days: int | None
    holder: object
    since: date
    reminded: date | None
    advice: str = ""  # of an escalation: what one can do about it

    @property
    def group(self):
        if self.advice:
            return "escalated"
        if self.due is None:
            return "undated"
        return "overdue" if self.days < 0 else "today" if self.days == 0 else "coming"


def work_of(user, today):
    """Items by group, and the kinds of which there are more than shown."""
    mine = (kind for kind in KINDS if user.may_somewhere(kind.permission))
    found = [(kind, kind.advice, most(kind.work_of(user, today))) for kind in mine]
    found += list(escalated_to(user, today))
    groups = {group: [] for group in GROUPS}
    for item in items(found, today):
        groups[item.group].append(item)
    for group in groups.values():
        group.sort(key=lambda item: item.due or today)
    return groups, [kind for kind, _advice, rows in found if len(rows) > SHOWN]


def most(rows):
    return list(rows[: SHOWN + 1])


def escalated_to(user, today):
    """What is late with others and has climbed to ``user``, by kind, with what one can do."""
    for kind in KINDS:
        for rung in kind.ladder:
            if rung.listed and user.may_somewhere(rung.permission):
                yield kind, rung.advice, most(kind.escalated_to(user, rung, today))


def awaited_by(user, today):
    """What others must do before the matters that the user sees go on."""
    kinds = [kind for kind in KINDS if kind.holder and not kind.advice]
    found = [(kind, "", list(kind.awaited_by(user, today)[:SHOWN])) for kind in kinds]
    return sorted(items(found, today), key=lambda item: (item.due is None, item.due or today))


def others_of(user, today, groups):
    """What is awaited of others, but for what has climbed to the user and stands above already."""
    escalated = {item.record for item in groups["escalated"]}
    return [item for item in awaited_by(user, today) if item.record not in escalated]


def items(found, today):
    references = [record.reference for _kind, _advice, rows in found for record in rows]
    last = Notice.objects.last_days(references)
    for kind, advice, rows in found:
        for record in rows[:SHOWN]:
            yield Item(
                kind=kind,
                record=record,
                due=record.due,
                days=days_left(record.due, today) if record.due else None,
                holder=kind.holder_of(record),
                since=timezone.localdate(record.changed_at),
                reminded=last.get((kind.name, record.reference)),
                advice=advice,
            )
