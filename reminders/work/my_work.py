"""“My work”: a person's open matters by urgency, and the matters they wait for."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from django.db.models import Max
from django.utils import timezone

from foundation.models import Event
from foundation.time.deadlines import days_left
from reminders.matters.paths import agreement_named
from reminders.outbox.models.mails import Notice

from .work_query import (
    AWAITED,
    MINE,
    MOST,
    Page,
    all_of,
    fetch,
    fetch_with_wholes,
    in_words,
    mine,
    narrowed,
    records_of,
    theirs,
    wholes,
)

SHOWN = 20  # of each kind; the rest is on the pages of the kind
SAME_TURN = {"assign", "declare", "hand_over", "redate", "weigh"}  # moves that keep the holder
GROUPS = ("escalated", "overdue", "today", "coming", "undated")


@dataclass(frozen=True)
class Item:
    """One open matter as a line of the page.

    It has waited for ``holder`` since the day ``since``; ``reminded`` is the day of the last
    reminder of it to any person. ``days`` are the working days left, negative if overdue.
    """

    kind: object
    record: object
    due: date | None
    days: int | None
    holder: object
    since: date
    reminded: date | None
    advice: str = ""  # of an escalated matter: what the person can do

    @property
    def agreement(self):
        return agreement_named(self.record)

    @property
    def group(self):
        if self.advice:
            return "escalated"
        if self.due is None:
            return "undated"
        return "overdue" if self.days < 0 else "today" if self.days == 0 else "coming"


@dataclass(frozen=True)
class Wanted:
    """The filters of the page: one kind, only overdue matters, a call, an agreement.

    And the page of the kind.
    """

    kind: str = ""
    late: bool = False
    page: int = 1
    call: object = None
    agreement: object = None

    @property
    def is_all(self):
        return self == Wanted()

    @property
    def places(self):
        return Page((self.page - 1) * SHOWN, self.page * SHOWN, self.late)

    def takes(self, stream):
        return self.kind in ("", stream.kind.name) and bool(self.of(stream))

    def of(self, stream):
        """The number of rows of a stream that match, on all pages together, at most ``MOST``."""
        return min(stream.late if self.late else stream.found, MOST)


class Work:
    """Open matters of a person and matters they wait for: one statement, then the shown rows."""

    def __init__(self, user, today, wanted=Wanted(), *, streams=all_of):
        self.today, self.wanted = today, wanted
        self.streams = list(streams(user, today))
        if wanted.call or wanted.agreement:
            found = [narrowed(stream, wanted.call, wanted.agreement) for stream in self.streams]
            self.all = fetch(found, today, wanted.places)
        else:
            self.all, self.wholes = fetch_with_wholes(self.streams, today, wanted.places)
        self.chosen = [stream for stream in self.all if wanted.takes(stream)]
        self.records = records_of(self.chosen, today)

    @cached_property
    def groups(self):
        """The matters on which the person can act, by urgency."""
        groups = {group: [] for group in GROUPS}
        for item in self.items(self.turns):
            groups[item.group].append(item)
        for group in groups.values():
            group.sort(key=lambda item: item.due or self.today)
        return groups

    @cached_property
    def awaited(self):
        """The matters on which others must act, the first due day first."""
        items = self.items(self.of_others)
        return sorted(items, key=lambda item: (item.due is None, item.due or self.today))

    @property
    def waits(self):
        """Per kind the shown matters of others, the number overdue and the number of all."""
        return [
            (stream.kind, list(self.items([stream])), stream.late, in_words(self.wanted.of(stream)))
            for stream in self.of_others
        ]

    @property
    def waiting(self):
        """The number of matters on which others must act, shown or not."""
        return in_words(sum(self.wanted.of(stream) for stream in self.of_others))

    @property
    def of_others(self):
        return [stream for stream in self.chosen if stream.part == AWAITED]

    @property
    def turns(self):
        return [stream for stream in self.chosen if stream.part != AWAITED]

    @property
    def more(self):
        """The kinds with more matters of the person than are shown."""
        return [stream.kind for stream in self.turns if self.wanted.of(stream) > SHOWN]

    @property
    def counts(self):
        """The number of matters in each group, shown or not."""
        counts = dict.fromkeys(GROUPS, 0)
        for stream in self.turns:
            for group, count in counts_of(stream, self.wanted.late):
                counts[group] += count
        return counts

    @property
    def sections(self):
        """The groups that are not empty: name, matters shown, and number of all."""
        counts = self.counts
        return [
            (name, items, in_words(counts[name]))
            for name, items in self.groups.items()
            if counts[name]
        ]

    @property
    def kinds(self):
        """Kinds with open matters, of the person or of others, each with its number."""
        found = {}
        for stream in self.all:
            kind, count = found.get(stream.kind.name, (stream.kind, 0))
            found[kind.name] = (kind, count + stream.found)
        return list(found.values())

    @cached_property
    def wholes(self):
        """The keys of the calls and of the agreements with open matters, whatever is filtered."""
        return wholes(self.streams)

    @property
    def has_turns(self):
        """Whether there is any kind on which this person could act."""
        return any(stream.part != AWAITED for stream in self.streams)

    @property
    def rows(self):
        """The largest number of rows of any part of the page, for its page numbers."""
        return max(map(self.wanted.of, self.chosen), default=0)

    @cached_property
    def reminded(self):
        """The day of the last reminder of each shown matter, by kind and reference."""
        shown = chain.from_iterable(rows.values() for rows in self.records.values())
        return Notice.objects.last_days([record.reference for record in shown])

    @cached_property
    def passed_on(self):
        """When the holder last changed, for records that can have moves that keep the holder."""
        kinds = {
            stream.kind for stream in self.chosen if SAME_TURN & stream.kind.workflow.moves.keys()
        }
        shown = chain.from_iterable(self.records.get(kind.name, {}).values() for kind in kinds)
        events = Event.objects.filter(subject__in=[record.reference for record in shown])
        events = events.exclude(verb__in=SAME_TURN).order_by()
        return dict(events.values_list("subject").annotate(Max("at")))

    def items(self, streams):
        for stream in streams:
            records = self.records.get(stream.kind.name, {})
            for key, due in stream.keys:
                if key in records:  # else it was done meanwhile
                    yield self.item(stream, records[key], due)

    def item(self, stream, record, due):
        return Item(
            kind=stream.kind,
            record=record,
            due=due,
            days=days_left(due, self.today) if due else None,
            holder=stream.kind.holder_of(record),
            since=timezone.localdate(self.passed_on.get(record.reference, record.changed_at)),
            reminded=self.reminded.get((stream.kind.name, record.reference)),
            advice=stream.advice,
        )


def counts_of(stream, late_only):
    """Pairs of a group and the number of rows of a stream in it."""
    if stream.advice:
        yield "escalated", stream.late if late_only else stream.found
        return
    yield "overdue", stream.late
    if not late_only:
        yield "today", stream.pressing - stream.late
        yield "coming", stream.dated - stream.pressing
        yield "undated", stream.found - stream.dated


def work_of(user, today):
    """Items by group, and the kinds with more matters than are shown."""
    work = Work(user, today, streams=theirs)
    return work.groups, work.more


def pressing(user, today):
    """The number of own matters overdue or due today, for the badge of the menu."""
    found = fetch(mine(user, today), today, Page(0, 0))
    return sum(min(stream.pressing, MOST) for stream in found if stream.part == MINE)
