"""Mail the queue: each row by one worker at a time, and no row is lost."""

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from foundation.time import clock

from ..models import TURNED_OFF, UNSENT, Digest, Notice, Preference
from .channels import hand_on
from .digests import gather, word_digest
from .retry import put_off
from .texts import KIND, put_in_words
from .unsubscribing import address_of

IN_A_ROW = 3  # failures after which the mail server, not the rows, is the likely cause
PATIENCE = 30  # seconds that a mail server has to answer
AT_ONCE = 100  # reminders whose texts are written together


def deliver(most=1000):
    """Mail the queue, one row per transaction, at most ``most``; returns how many were mailed.

    A worker that dies leaves its row unmailed: it is mailed again with the same
    Message-ID. Two workers never hold the same row.
    """
    gather()
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
    """Mail the next row: True if it was sent, False if it failed, None if there is none."""
    mail = next_digest() or next_in_words()
    if mail is None:
        return None
    if not mail.attempts:
        hand_on(mail)
    mail.attempts += 1
    try:
        connection.open()
        message_of(mail, connection).send()
    except Exception as reason:  # noqa: BLE001 -- a row that cannot be mailed must not stop the rest
        connection.close()
        put_off(mail, reason)
        return False
    mail.becomes(attempts=mail.attempts, mailed_at=clock.now(), last_error="")
    return True


def next_digest():
    """The next digest, locked and with its text. A digest with nothing left is dropped."""
    now = clock.now()
    rows = Digest.objects.waiting(now).select_related("person__mail_preference")
    while digest := rows.select_for_update(skip_locked=True, of=["self"]).first():
        opens = Preference.of(digest.person).opens(now)
        if opens > now:
            digest.becomes(retry_at=opens)
        elif notices := still_open(digest, now):
            word_digest(digest, notices)
            return digest
        else:
            digest.becomes(dropped_at=now, last_error="done meanwhile")
    return None


def still_open(digest, now):
    """The notices of a digest that are still to be mailed, with the texts of today."""
    rows = digest.notices.filter(UNSENT).select_related("person__mail_preference")
    batch = list(rows.order_by("pk"))
    for notice in batch:
        if notice.kind in KIND:
            notice.body = ""
    prepare(batch, now)
    return [notice for notice in batch if not notice.dropped_at]


def next_in_words():
    """The next notice, locked. If it is not ready yet, it and the following ones are prepared."""
    now = clock.now()
    rows = Notice.objects.waiting(now).select_related("person__mail_preference")
    rows = rows.select_for_update(skip_locked=True, of=["self"])
    while (notice := rows.first()) and not is_ready(notice, now):
        prepare(list(rows[:AT_ONCE]), now)
    return notice


def is_ready(notice, now):
    chosen = Preference.of(notice.person)
    return notice.is_in_words and chosen.opens(now) <= now and notice.topic not in chosen.off


def prepare(batch, now):
    """Postpone notices in quiet hours, drop topics turned off, write the texts of the rest.

    Reminders of matters that are done by now are dropped.
    """
    going = [notice for notice in batch if may_go(notice, now)]
    for done in put_in_words([notice for notice in going if not notice.is_in_words], clock.today()):
        done.dropped_at, done.last_error = now, "done meanwhile"
    fields = ["headline", "body", "html", "link", "dropped_at", "retry_at", "last_error"]
    Notice.objects.bulk_update(batch, fields)


def may_go(notice, now):
    """Whether a notice may be mailed now; if not, the reason or the next time is set on it."""
    chosen = Preference.of(notice.person)
    if notice.topic in chosen.off:
        notice.dropped_at, notice.last_error = now, TURNED_OFF
        return False
    notice.retry_at = max(notice.retry_at, chosen.opens(now))
    return notice.retry_at <= now


def message_of(mail, connection):
    headers = {"Message-ID": mail.message_id}
    if mail.topic:
        headers["List-Unsubscribe"] = f"<{address_of(mail.person, mail.topic)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject=mail.headline,
        body=mail.body,
        to=[mail.address],
        headers=headers,
        connection=connection,
    )
    message.attach_alternative(mail.html, "text/html")
    return message
