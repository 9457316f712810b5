"""Models of reminders: notices, digests, webhooks, preferences, leases and reminder rules."""

from .outbox.models import (
    DIGEST_AT,
    FOR_DIGESTS,
    TURNED_OFF,
    UNSENT,
    Digest,
    Hook,
    Lease,
    Notice,
    Preference,
    Relay,
)
from .rules.models import MOST_BEFORE, MOST_BETWEEN, MOST_LEVELS, MOST_STEPS, Rule, RuleChange

__all__ = [
    "DIGEST_AT",
    "FOR_DIGESTS",
    "MOST_BEFORE",
    "MOST_BETWEEN",
    "MOST_LEVELS",
    "MOST_STEPS",
    "TURNED_OFF",
    "UNSENT",
    "Digest",
    "Hook",
    "Lease",
    "Notice",
    "Preference",
    "Relay",
    "Rule",
    "RuleChange",
]
