"""“My work” as a calendar (iCalendar, RFC 5545): an entry for each matter that has a day.

The provider of the calendar reads what stands here. An entry names a matter, what is to be
done and a page behind the sign-in; no amount, and nothing that somebody wrote in a remark.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from .work_query import MOST, Page, look, mine, records_of

AGAIN = timedelta(hours=1)  # how often a calendar is asked to look
KOREA, FIRST_MOMENT = timedelta(hours=9), datetime(1970, 1, 1)
TEXTS = ("question", "remark")  # named by what somebody wrote: the whole is named instead


def calendar_of(person, today):
    """The bytes of the calendar of a person, in the language of their mails."""
    with translation.override(person.language):
        calendar = head(person)
        for kind, record, due in matters(person, today):
            calendar.add_component(entry(kind, record, due))
        return calendar.to_ical()


def matters(person, today):
    """What is theirs to do and has a day: those due first, as many as a calendar shows."""
    streams = look(mine(person, today), today, Page(0, MOST))
    days = sorted(
        (due, number, key)
        for number, stream in enumerate(streams)
        for key, due in stream.keys
        if due
    )
    taken = set(days[:MOST])
    for number, stream in enumerate(streams):
        stream.keys = [(key, due) for key, due in stream.keys if (due, number, key) in taken]
    records = records_of(streams, today)
    for stream in streams:
        found = records.get(stream.kind.name, {})
        yield from ((stream.kind, found[key], due) for key, due in stream.keys if key in found)


def head(person):
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_URL}//Regional Investment Agreements//EN")
    calendar.add("version", "2.0")
    name = f"{_('My work')} – {person.name}"
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", AGAIN)
    calendar.add_component(korea())
    return calendar


def korea():
    """The zone of the days. It also keeps a calendar valid in which nothing waits."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", settings.TIME_ZONE)
    standard.add("dtstart", FIRST_MOMENT)
    standard.add("tzoffsetfrom", KOREA)
    standard.add("tzoffsetto", KOREA)
    standard.add("tzname", "KST")
    zone.add_component(standard)
    return zone


def entry(kind, record, due):
    """A whole day, which blocks no time and rings no bell: mails remind."""
    event = Event()
    event.add("uid", f"{kind.name}.{record.reference}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", record.changed_at)
    event.add("sequence", record.moves_made)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("summary", f"{kind.label}: {name_of(kind, record)}")
    event.add("url", f"{settings.SITE_URL}{record.get_absolute_url()}")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def name_of(kind, record):
    return record.root if kind.name in TEXTS else record


def tag_of(body):
    """The ETag of a calendar: it is the same as long as nothing changes."""
    return f'"{sha256(body).hexdigest()[:32]}"'
