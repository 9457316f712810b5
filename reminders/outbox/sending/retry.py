"""Retries of failed mails and relays, with growing pauses, until they fail for good."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import BadHeaderError

from foundation.time import clock

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try
TRIES = 12  # after which it is left to the administrator: about a day and a half


def put_off(mail, reason):
    """Record the reason of a failure, and set the next try or mark the row as failed for good."""
    now, text = clock.now(), reason_text(reason)[:300]
    pause = timedelta(minutes=PAUSES[min(mail.attempts, len(PAUSES)) - 1])
    fate = {"attempts": mail.attempts, "retry_at": now + pause, "last_error": text}
    if is_final(reason) or mail.attempts >= TRIES:
        fate["failed_at"] = now
    mail.becomes(**fate)
    log.warning("%s %s did not go: %s", type(mail).__name__, mail.pk, text)


def reason_text(reason):
    """The answer of the mail server if it refused the mail; else the name and text of the error."""
    if isinstance(reason, SMTPRecipientsRefused):
        answers = reason.recipients.values()
        return "; ".join(f"{code} {text.decode(errors='replace')}" for code, text in answers)
    return f"{type(reason).__name__}: {reason}"


def is_final(reason):
    """Whether the mail is refused for good (RFC 5321: 5xx), so that a retry would not help."""
    if isinstance(reason, SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in reason.recipients.values())
    if isinstance(reason, SMTPDataError):
        return reason.smtp_code >= 500
    return isinstance(reason, BadHeaderError)
