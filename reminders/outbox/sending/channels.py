"""Channels besides mail and page: every mail is relayed to each of them, too.

A channel is a class named in the setting ``CHANNELS``; docs/operation.md says how to add one.
Mail and page have no ``Relay`` row: the notice itself is their row.
"""

import logging
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from foundation.time import clock

from ..models import Relay
from .retry import put_off

log = logging.getLogger(__name__)


class Channel(Protocol):
    """A further way to send people the content of their mails."""

    name: str

    def targets(self, mail):
        """The targets of this notice or digest, as texts for this channel; may be empty."""

    def send(self, relay):
        """Send ``relay.payload`` to ``relay.target``; raises an exception if it is not accepted."""


def channels():
    return [import_string(path)() for path in settings.CHANNELS]


def hand_on(mail):
    """Write the relays of a mail, once, in the transaction of its first attempt."""
    facts = {"message_id": mail.message_id, "payload": payload_of(mail)}
    ways = [(channel, target) for channel in channels() for target in targets_of(channel, mail)]
    relays = [Relay(channel=channel.name, target=target, **facts) for channel, target in ways]
    Relay.objects.bulk_create(relays, ignore_conflicts=True)


def targets_of(channel, mail):
    """The targets of a mail; none if the channel fails, so that the mail is sent anyway."""
    try:
        with transaction.atomic():
            return list(channel.targets(mail))
    except Exception:
        log.exception("Channel %s does not know its targets", channel.name)
        return []


def payload_of(mail):
    """The payload for a channel: the person, the headline, and each matter with its link."""
    return {
        "id": mail.message_id,
        "person": mail.address,
        "language": mail.person.language,
        "headline": mail.headline,
        "matters": [
            {
                "kind": notice.kind,
                "stage": notice.stage,
                "due": notice.due_on.isoformat(),
                "headline": notice.headline,
                "link": f"{settings.SITE_URL}{notice.link}",
            }
            for notice in mail.listed
        ],
    }


def relay(most=1000):
    """Send waiting relays, one per transaction, at most ``most``; returns how many were sent."""
    ways, sent = {channel.name: channel for channel in channels()}, 0
    for _row in range(most):
        went = relay_one(ways)
        if went is None:
            break
        sent += went
    return sent


@transaction.atomic
def relay_one(ways):
    """Send the next relay: True if it was accepted, False if not, None if there is none.

    After a failure all other relays to the same target wait, too.
    """
    now = clock.now()
    row = Relay.objects.waiting(now).select_for_update(skip_locked=True).first()
    if row is None:
        return None
    row.attempts += 1
    try:
        ways[row.channel].send(row)
    except Exception as reason:  # noqa: BLE001 -- a target that fails must not stop the others
        put_off(row, reason)
        rest(row, now)
        return False
    row.becomes(attempts=row.attempts, sent_at=clock.now(), last_error="")
    return True


def rest(row, now):
    """Let the relays to the same target wait as long as ``row``."""
    others = Relay.objects.to(row.channel, row.target).waiting(now)
    free = others.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Relay.objects.filter(pk__in=list(free)).update(retry_at=row.retry_at)
