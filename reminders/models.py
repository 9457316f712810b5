"""What was written to whom, by which ways and rules; and that of many, one does it."""

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
from .rules.models import MOST_BEFORE, MOST_BETWEEN, MOST_RUNGS, MOST_STEPS, Rule, RuleChange

__all__ = [
    "DIGEST_AT",
    "FOR_DIGESTS",
    "MOST_BEFORE",
    "MOST_BETWEEN",
    "MOST_RUNGS",
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
