"""The channels beside mail and page: what a mail says is handed on by each of them, too.

A channel is a class named in the setting ``CHANNELS``; docs/operation.md says how to add one.
Mail and page need no row of their own: a notice is the row of both.
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
    """A way to tell people what they are mailed."""

    name: str

    def targets(self, mail):
        """Where this notice or digest goes by this way, as words of the channel; maybe nowhere."""

    def send(self, relay):
        """Hand ``relay.payload`` over to ``relay.target``; raise if it was not taken."""


def channels():
    return [import_string(path)() for path in settings.CHANNELS]


def hand_on(mail):
    """Write down to whom else a mail goes, once, in the transaction that first tries to mail it."""
    facts = {"message_id": mail.message_id, "payload": said_in(mail)}
    ways = [(channel, target) for channel in channels() for target in targets_of(channel, mail)]
    relays = [Relay(channel=channel.name, target=target, **facts) for channel, target in ways]
    Relay.objects.bulk_create(relays, ignore_conflicts=True)


def targets_of(channel, mail):
    """None of a channel that fails: no mail waits for it."""
    try:
        with transaction.atomic():
            return list(channel.targets(mail))
    except Exception:
        log.exception("Channel %s does not know its targets", channel.name)
        return []


def said_in(mail):
    """What a channel is told: for whom, the headline, and each matter with its link."""
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
    """Hand on what waits, one row in one transaction; returns how many were taken."""
    ways, sent = {channel.name: channel for channel in channels()}, 0
    for _row in range(most):
        went = relay_one(ways)
        if went is None:
            break
        sent += went
    return sent


@transaction.atomic
def relay_one(ways):
    """Hand on the next row: True if it was taken, False if not, None if there is none.

    Whoever did not take one is given a rest from all the others, too.
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
    """What goes to the same target waits as long as ``row``."""
    others = Relay.objects.to(row.channel, row.target).waiting(now)
    free = others.select_for_update(skip_locked=True).values_list("pk", flat=True)
    Relay.objects.filter(pk__in=list(free)).update(retry_at=row.retry_at)
