"""Preview of the reminders of the next days, if no matter were done until then."""

from datetime import timedelta
from itertools import islice

from accounts.models import User
from foundation.time import clock
from foundation.time.calendar import is_working_day
from reminders.matters.kinds import KINDS
from reminders.matters.paths import of_call
from reminders.outbox.notices import unwritten

DAYS, SHOWN = 30, 200


def predict(first, days, rules, call=None):
    """Yield each reminder on its first day: (day, kind, person, stage, due, record); read-only."""
    known, kinds = set(), [kind for kind in KINDS if kind.reminds]
    if call:
        ends = (first, first + timedelta(days=days))  # some kinds are open only in part of the year
        kinds = [k for k in kinds if any(of_call(k.rows(day), call).exists() for day in ends)]
    for day in (first + timedelta(days=number) for number in range(days)):
        for kind, batch in unwritten(kinds, day, rules, call) if is_working_day(day) else ():
            fresh = [reminder for reminder in batch if is_new(known, kind, reminder, day)]
            records = kind.open(day).in_bulk({reminder.record for reminder in fresh})
            people = User.objects.in_bulk({reminder.person for reminder in fresh})
            for each in fresh:
                yield day, kind, people[each.person], each.stage, each.due, records[each.record]


def is_new(known, kind, reminder, day):
    """Whether the constraints of ``Notice`` allow it: once per stage, once per day and matter."""
    matter = (kind.model, kind.matter, reminder.record, reminder.person)
    facts = {(*matter, day), reminder.message_id}
    if facts & known:
        return False
    known |= facts
    return True


def preview(call, rules):
    """The first ``SHOWN`` reminders of the next 30 days, as template context."""
    found = list(islice(predict(clock.today(), DAYS, rules, call), SHOWN + 1))
    lines = [
        {"day": day, "kind": kind.label, "person": person, "due": due, "record": record}
        | {"is_escalation": stage.startswith("up-")}
        for day, kind, person, stage, due, record in found[:SHOWN]
    ]
    return {"preview": lines, "has_more": len(found) > SHOWN, "days": DAYS}
