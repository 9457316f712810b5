"""Mailing the outbox: each row by exactly one worker at a time, none ever lost."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import BadHeaderError, EmailMultiAlternatives, get_connection
from django.db import transaction

from foundation import clock

from .models import Notice
from .words import put_in_words

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try
TRIES = 12  # after which it is left to the administrator: about a day and a half
IN_A_ROW = 3  # so many failures are the mail server's, not the rows'
PATIENCE = 30  # seconds that a mail server has to answer
AT_ONCE = 100  # reminders put in words together


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
    notice = next_in_words()
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


def next_in_words():
    """The next row, locked. If it is not in words yet, it and those after it are put in words.

    What is done meanwhile leaves the outbox unsent: reminders end with the matter.
    """
    waiting = Notice.objects.waiting(clock.now())
    rows = waiting.select_related("person").select_for_update(skip_locked=True, of=["self"])
    while (notice := rows.first()) and not notice.is_in_words:
        batch = list(rows.filter(body="")[:AT_ONCE])
        for done in put_in_words(batch, clock.today()):
            done.dropped_at, done.last_error = clock.now(), "done meanwhile"
        fields = ["headline", "body", "html", "link", "dropped_at", "last_error"]
        Notice.objects.bulk_update(batch, fields)
    return notice


def put_off(notice, reason):
    """Try again later, with growing pauses, or no more; the reason stays visible."""
    pause = PAUSES[min(notice.attempts, len(PAUSES)) - 1]
    notice.retry_at = clock.now() + timedelta(minutes=pause)
    notice.last_error = said_of(reason)[:300]
    if is_final(reason) or notice.attempts >= TRIES:
        notice.failed_at = clock.now()
    notice.save(update_fields=["attempts", "retry_at", "last_error", "failed_at"])
    log.warning("Notice %s could not be mailed: %s", notice.pk, notice.last_error)


def said_of(reason):
    """A refusal of the mail server in its own words; anything else with its name."""
    if isinstance(reason, SMTPRecipientsRefused):
        answers = reason.recipients.values()
        return "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in answers)
    return f"{type(reason).__name__}: {reason}"


def is_final(reason):
    """Is it this mail that is refused for good (RFC 5321: 5xx), whoever tries when?"""
    if isinstance(reason, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in reason.recipients.values())
    if isinstance(reason, SMTPDataError):
        return reason.smtp_code >= 500
    return isinstance(reason, BadHeaderError)


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
