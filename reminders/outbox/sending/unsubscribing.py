"""Unsubscribe links: turn a topic off by the link of a mail, without signing in (RFC 8058)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from accounts.models import User

from ..models import Preference
from ..topics import ALL, TOPICS

SIGNER = Signer(salt="reminders.unsubscribing")


def address_of(person, topic):
    """The URL that turns ``topic`` off for ``person``; valid until they make their links void."""
    token = SIGNER.sign_object([person.pk, topic, Preference.of(person).links])
    return f"{settings.SITE_URL}{reverse('reminders:unsubscribe', args=[token])}"


def foot_of(person, topic):
    """Context of the foot of a mail: URL of the settings and, if optional, the unsubscribe URL."""
    return {
        "preferences": f"{settings.SITE_URL}{reverse('reminders:preferences')}",
        "way_out": address_of(person, topic) if topic else "",
    }


def opened(token):
    """The person and the topic of a token; None if it is invalid or void."""
    try:
        pk, topic, links = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    people = User.objects.filter(pk=pk, is_active=True).select_related("mail_preference")
    person = people.first()
    known = topic == ALL or topic in TOPICS
    return (person, topic) if person and known and Preference.of(person).links == links else None


@transaction.atomic
def turn_off(person, topic):
    """Stop mailing the topic; twice changes nothing. Its notices are still shown on the page."""
    Preference.objects.get_or_create(person=person)
    chosen = Preference.objects.select_for_update().get(person=person)
    topics = TOPICS if topic == ALL else [topic]
    chosen.off += [name for name in topics if name not in chosen.off]
    chosen.save(update_fields=["off"])


def is_off(person, topic):
    off = Preference.of(person).off
    return set(TOPICS) <= set(off) if topic == ALL else topic in off
