"""Bounced mails: delivery status notifications (RFC 3464) mark their notices as failed."""

from email.parser import BytesParser
from email.policy import default

from django.db.models import Q

from foundation.time import clock

from ..models import Notice


def record(mail):
    """Mark the notices that ``mail`` reports as undelivered as failed; returns how many.

    They are found by their Message-ID or that of their digest. Reading the same bounce twice
    changes nothing the second time.
    """
    reason = failure_of(mail)
    names = sent_names(mail) if reason else []
    named = Q(message_id__in=names) | Q(digest__message_id__in=names)
    bounced = Notice.objects.filter(named, mailed_at__isnull=False)
    return bounced.update(mailed_at=None, failed_at=clock.now(), last_error=reason)


def failure_of(mail):
    """The reason of the mail server, at most 300 characters; empty unless it failed for good."""
    for part in parts(mail, "message/delivery-status"):
        for fields in part.get_payload():
            if str(fields.get("Action", "")).strip().lower() == "failed":
                words = str(fields.get("Diagnostic-Code") or fields.get("Status") or "")
                return f"bounced: {' '.join(words.split())}"[:300]
    return ""


def sent_names(mail):
    """The Message-IDs of the returned mails, which are attached whole or as headers only."""
    whole = [part.get_payload(0) for part in parts(mail, "message/rfc822")]
    heads = [headers_in(part) for part in parts(mail, "text/rfc822-headers")]
    return [str(sent["Message-ID"]).strip() for sent in [*whole, *heads] if sent["Message-ID"]]


def headers_in(part):
    content = part.get_payload(decode=True)
    return BytesParser(policy=default).parsebytes(content, headersonly=True)


def parts(mail, content_type):
    return [part for part in mail.walk() if part.get_content_type() == content_type]
