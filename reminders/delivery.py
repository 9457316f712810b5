"""Mailing the outbox: each row by exactly one worker at a time, none ever lost."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from foundation import clock

from .models import Notice

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try


def deliver(most=1000):
    """Mail what waits, one row in one transaction; returns how many were mailed.

    A worker that dies leaves its row unmailed: it is mailed again with the same
    Message-ID. Two workers never hold the same row.
    """
    mailed = 0
    with get_connection() as connection:
        for _turn in range(most):
            done = deliver_one(connection)
            if done is None:
                break
            mailed += done
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
        message_of(notice, connection).send()
    except (SMTPException, OSError) as reason:
        put_off(notice, reason)
        return False
    notice.mailed_at, notice.last_error = clock.now(), ""
    notice.save(update_fields=["attempts", "mailed_at", "last_error"])
    return True


def put_off(notice, reason):
    """Try again later, with growing pauses; the reason stays visible."""
    pause = PAUSES[min(notice.attempts, len(PAUSES)) - 1]
    notice.retry_at = clock.now() + timedelta(minutes=pause)
    notice.last_error = str(reason)[:300]
    notice.save(update_fields=["attempts", "retry_at", "last_error"])
    log.warning("Notice %s could not be mailed: %s", notice.pk, reason)


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
