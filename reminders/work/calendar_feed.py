"""“My work” as a calendar (iCalendar, RFC 5545): an entry for each matter that has a day.

The provider of the calendar can read it. An entry names a matter, what is to be done and a
page behind the sign-in; no amount, and no text of a question or remark.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from .work_query import MOST, Page, fetch, mine, records_of

AGAIN = timedelta(hours=1)  # how often calendar programs are asked to update
KOREA, FIRST_MOMENT = timedelta(hours=9), datetime(1970, 1, 1)
TEXTS = ("question", "remark")  # shown by the name of the whole, without their text


def calendar_of(person, today):
    """The calendar of a person as bytes, in the language of their mails."""
    with translation.override(person.language):
        calendar = head(person)
        for kind, record, due in matters(person, today):
            calendar.add_component(entry(kind, record, due))
        return calendar.to_ical()


def matters(person, today):
    """Yield (kind, record, due) of the person's matters with a due day: the first ``MOST``."""
    streams = fetch(mine(person, today), today, Page(0, MOST))
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
    """The time zone. With it a calendar without entries is valid, too."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", settings.TIME_ZONE)
    standard.add("dtstart", FIRST_MOMENT)
    standard.add("tzoffsetfrom", KOREA)
    standard.add("tzoffsetto", KOREA)
    standard.add("tzname", "KST")
    zone.add_component(standard)
    return zone


def entry(kind, record, due):
    """An entry of a whole day, shown as free and without an alarm, because mails remind."""
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
    """The ETag of a calendar; it changes only with the content."""
    return f'"{sha256(body).hexdigest()[:32]}"'
