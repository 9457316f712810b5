"""What is asked for: calls, proposals, components, their yearly budget, and reviews."""

from .calls import Call
from .lines import Source, WonLine, lines_content, plain
from .proposals import BudgetLine, Component, Proposal, Revision
from .reviews import Review, SupportedLine

__all__ = [
    "BudgetLine",
    "Call",
    "Component",
    "Proposal",
    "Review",
    "Revision",
    "Source",
    "SupportedLine",
    "WonLine",
    "lines_content",
    "plain",
]
