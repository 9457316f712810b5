"""Texts of reminders in the language of the person, written just before they are read."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from foundation.time.deadlines import days_left
from reminders.matters.kinds import KINDS
from reminders.matters.paths import agreement_named

from .unsubscribing import foot_of

KIND = {kind.name: kind for kind in KINDS}


def put_in_words(notices, today):
    """Write headline, texts and link of each notice; returns those whose matter is done.

    One query of the records per kind, however many notices there are.
    """
    done = []
    for kind, group in by_kind(notices):
        keys = [key_of(notice) for notice in group]
        rows = kind.open(today).filter(pk__in=keys) if kind else ()  # a removed kind
        open_ones = {row.pk: row for row in rows}
        for notice in group:
            if record := open_ones.get(key_of(notice)):
                word(notice, kind, record, today)
            else:
                name(notice, kind)
                done.append(notice)
    return done


def name(notice, kind):
    """Set the label of the kind as headline of a notice whose matter is done."""
    with translation.override(notice.person.language):
        notice.headline = str(kind.label) if kind else notice.kind


def by_kind(notices):
    groups = {}
    for notice in notices:
        groups.setdefault(notice.kind, []).append(notice)
    return [(KIND.get(name), group) for name, group in groups.items()]


def key_of(notice):
    return int(notice.subject.rpartition(":")[2])


def word(notice, kind, record, today):
    with translation.override(notice.person.language):
        words = in_words(notice, kind, record, days_left(notice.due_on, today))
        headline = " ".join(render_to_string("notices/headline.txt", words).split())
        words["headline"] = headline
        notice.headline, notice.link = headline[:300], record.get_absolute_url()
        notice.body = render_to_string("notices/reminder.txt", words)
        notice.html = render_to_string("notices/reminder.html", words)


def in_words(notice, kind, record, days):
    """The template context of a reminder mail."""
    return {
        "kind": kind,
        "record": record,
        "advice": advice_of(kind, notice.stage),
        "holder": kind.holder_of(record),
        "person": notice.person,
        "title": str(record),
        "agreement": agreement_named(record),
        "due": notice.due_on,
        "days": days,
        "late": -days,
        "link": f"{settings.SITE_URL}{record.get_absolute_url()}",
        **foot_of(notice.person, notice.topic),
    }


def advice_of(kind, stage):
    """The advice of the level of an escalation (``up-2-0``: the second level); else empty."""
    rank = int(stage.split("-")[1]) if stage.startswith("up-") else 0
    return kind.escalation[rank - 1].advice if 0 < rank <= len(kind.escalation) else ""
