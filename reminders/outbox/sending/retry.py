"""What did not go is tried again, with growing pauses, until it is left to somebody."""

import logging
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import BadHeaderError

from foundation.time import clock

log = logging.getLogger(__name__)
PAUSES = (1, 5, 15, 60, 240)  # minutes before the next try
TRIES = 12  # after which it is left to the administrator: about a day and a half


def put_off(mail, reason):
    """Try again later, with growing pauses, or no more; the reason stays visible."""
    now, said = clock.now(), said_of(reason)[:300]
    pause = timedelta(minutes=PAUSES[min(mail.attempts, len(PAUSES)) - 1])
    fate = {"attempts": mail.attempts, "retry_at": now + pause, "last_error": said}
    if is_final(reason) or mail.attempts >= TRIES:
        fate["failed_at"] = now
    mail.becomes(**fate)
    log.warning("%s %s did not go: %s", type(mail).__name__, mail.pk, said)


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
