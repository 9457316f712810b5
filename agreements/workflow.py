"""All workflows of agreements: which moves each kind of record has, when, and by whom."""

from .amendments.workflow import AMENDMENT, TERMINATION
from .corrections.workflow import CONFIRMATION, CORRECTION
from .drafting.workflow import REMARK, TEMPLATE
from .reporting.workflow import EVALUATION, REPORT
from .signing.workflow import DELEGATION, PAPER
from .versions.workflow import AGREEMENT, PARTY, draft

__all__ = [
    "AGREEMENT",
    "AMENDMENT",
    "CONFIRMATION",
    "CORRECTION",
    "DELEGATION",
    "EVALUATION",
    "PAPER",
    "PARTY",
    "REMARK",
    "REPORT",
    "TEMPLATE",
    "TERMINATION",
    "draft",
]
