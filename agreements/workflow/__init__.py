"""The tables of this room: what may happen to each kind of record, when, and by whom."""

from .changes import AMENDMENT, TERMINATION
from .parties import PARTY, REMARK, TEMPLATE
from .reports import EVALUATION, REPORT
from .signing import CONFIRMATION, CORRECTION, DELEGATION, PAPER
from .versions import AGREEMENT, draft

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
