"""Notices whose text is written at once: news, certificates and unassigned work."""

from django.conf import settings
from django.template.loader import render_to_string

from foundation.engine.history import digest_of

from ..models import Notice


def in_words(kind, person, template, words, link, facts, **fields):
    """An unsaved notice with the text of a template, named without its file extension.

    ``words`` is the context of the template, ``words["headline"]`` the subject of the mail.
    The same facts and person always give the same Message-ID.
    """
    words = words | {"person": person, "link": f"{settings.SITE_URL}{link}"}
    name = digest_of([settings.SITE_URL, kind, *facts, person.pk])[:40]
    return Notice(
        kind=kind,
        person=person,
        address=person.email,
        headline=words["headline"][:300],
        body=render_to_string(f"{template}.txt", words),
        html=render_to_string(f"{template}.html", words),
        link=link,
        message_id=f"<{name}@{kind}>",
        **fields,
    )


def write_new(notices):
    """Save the notices that are not saved yet; returns how many they were."""
    known = set(Notice.objects.known([n.message_id for n in notices]).values_list("message_id"))
    fresh = [each for each in notices if (each.message_id,) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
