"""Who would get what on the days to come, were nothing done until then."""

from datetime import timedelta
from itertools import islice

from accounts.models import User
from foundation.time import clock
from foundation.time.calendar import is_working_day
from reminders.matters.kinds import KINDS
from reminders.matters.paths import of_call
from reminders.outbox.notices import unwritten

DAYS, SHOWN = 30, 200


def foretell(first, days, rules, call=None):
    """Each reminder on its first day: (day, kind, person, stage, due, record). Writes nothing."""
    known, kinds = set(), [kind for kind in KINDS if kind.reminds]
    if call:
        ends = (first, first + timedelta(days=days))  # some kinds are of a season
        kinds = [k for k in kinds if any(of_call(k.rows(day), call).exists() for day in ends)]
    for day in (first + timedelta(days=number) for number in range(days)):
        for kind, batch in unwritten(kinds, day, rules, call) if is_working_day(day) else ():
            fresh = [reminder for reminder in batch if is_new(known, kind, reminder, day)]
            records = kind.open(day).in_bulk({reminder.record for reminder in fresh})
            people = User.objects.in_bulk({reminder.person for reminder in fresh})
            for told in fresh:
                yield day, kind, people[told.person], told.stage, told.due, records[told.record]


def is_new(known, kind, reminder, day):
    """As the constraints say it: once a stage, and once a day on a matter."""
    matter = (kind.model, kind.matter, reminder.record, reminder.person)
    facts = {(*matter, day), reminder.message_id}
    if facts & known:
        return False
    known |= facts
    return True


def preview(call, rules):
    """The first of what would come in the next thirty days, as lines to be shown."""
    found = list(islice(foretell(clock.today(), DAYS, rules, call), SHOWN + 1))
    lines = [
        {"day": day, "kind": kind.label, "person": person, "due": due, "record": record}
        | {"is_escalation": stage.startswith("up-")}
        for day, kind, person, stage, due, record in found[:SHOWN]
    ]
    return {"preview": lines, "has_more": len(found) > SHOWN, "days": DAYS}
