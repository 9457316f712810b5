"""A notice that is put in words when it is written: news, and what is no matter of a kind."""

from django.conf import settings
from django.template.loader import render_to_string

from foundation.engine.history import digest_of

from ..models import Notice


def in_words(kind, person, template, words, link, facts, **fields):
    """The notice in the words of a template, named without its ending; ``words["headline"]``
    is its subject.

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
    """Write those that are not written yet; how many they are."""
    known = set(Notice.objects.known([n.message_id for n in notices]).values_list("message_id"))
    fresh = [each for each in notices if (each.message_id,) not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
