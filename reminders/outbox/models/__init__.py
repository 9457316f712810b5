"""Notices and digests, preferences, webhooks, and leases."""

from .leases import Lease
from .mails import DIGEST_AT, FOR_DIGESTS, TURNED_OFF, UNSENT, Digest, Notice
from .preferences import Preference
from .relays import Hook, Relay

__all__ = [
    "DIGEST_AT",
    "FOR_DIGESTS",
    "TURNED_OFF",
    "UNSENT",
    "Digest",
    "Hook",
    "Lease",
    "Notice",
    "Preference",
    "Relay",
]
