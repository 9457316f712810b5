"""Turning a topic off by the link of a mail, without signing in (RFC 8058)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse

from accounts.models import User

from ..models import Preference
from ..topics import ALL, TOPICS

SIGNER = Signer(salt="reminders.unsubscribing")


def address_of(person, topic):
    """The address that turns ``topic`` off for ``person``; it holds until they void their links."""
    token = SIGNER.sign_object([person.pk, topic, Preference.of(person).links])
    return f"{settings.SITE_URL}{reverse('reminders:unsubscribe', args=[token])}"


def foot_of(person, topic):
    """What the foot of a mail says: where the settings are and, unless compulsory, the way out."""
    return {
        "preferences": f"{settings.SITE_URL}{reverse('reminders:preferences')}",
        "way_out": address_of(person, topic) if topic else "",
    }


def opened(token):
    """The person and the topic of a token; None if it is not ours, or void."""
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
    """Mail the topic no more; doing it twice changes nothing. The notices stay on their page."""
    Preference.objects.get_or_create(person=person)
    chosen = Preference.objects.select_for_update().get(person=person)
    topics = TOPICS if topic == ALL else [topic]
    chosen.off += [name for name in topics if name not in chosen.off]
    chosen.save(update_fields=["off"])


def is_off(person, topic):
    off = Preference.of(person).off
    return set(TOPICS) <= set(off) if topic == ALL else topic in off
