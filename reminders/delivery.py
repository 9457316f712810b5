"""Mailing the outbox: each row by exactly one worker at a time, none ever lost."""

import logging
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from foundation import clock

from .models import Notice

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try
IN_A_ROW = 3  # so many failures are the mail server's, not the rows'
PATIENCE = 30  # seconds that a mail server has to answer


def deliver(most=1000):
    """Mail what waits, one row in one transaction; returns how many were mailed.

    A worker that dies leaves its row unmailed: it is mailed again with the same
    Message-ID. Two workers never hold the same row.
    """
    connection, mailed, failed = get_connection(timeout=PATIENCE), 0, 0
    try:
        while mailed < most and failed < IN_A_ROW:
            went = deliver_one(connection)
            if went is None:
                break
            mailed, failed = mailed + went, 0 if went else failed + 1
    finally:
        connection.close()
    return mailed


@transaction.atomic
def deliver_one(connection):
    """Mail the next row: True if it went, False if it failed, None if there is none."""
    rows = Notice.objects.waiting(clock.now()).select_for_update(skip_locked=True)
    notice = rows.first()
    if notice is None:
        return None
    notice.attempts += 1
    try:
        connection.open()
        message_of(notice, connection).send()
    except Exception as reason:  # noqa: BLE001 -- a row that cannot be mailed must not stop the rest
        connection.close()
        put_off(notice, reason)
        return False
    notice.mailed_at, notice.last_error = clock.now(), ""
    notice.save(update_fields=["attempts", "mailed_at", "last_error"])
    return True


def put_off(notice, reason):
    """Try again later, with growing pauses; the reason stays visible."""
    pause = PAUSES[min(notice.attempts, len(PAUSES)) - 1]
    notice.retry_at = clock.now() + timedelta(minutes=pause)
    notice.last_error = f"{type(reason).__name__}: {reason}"[:300]
    notice.save(update_fields=["attempts", "retry_at", "last_error"])
    log.warning("Notice %s could not be mailed: %s", notice.pk, notice.last_error)


def message_of(notice, connection):
    message = EmailMultiAlternatives(
        subject=notice.headline,
        body=notice.body,
        to=[notice.address],
        headers={"Message-ID": notice.message_id},
        connection=connection,
    )
    message.attach_alternative(notice.html, "text/html")
    return message
