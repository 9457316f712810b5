"""What is asked for: calls, proposals, components, their yearly budget, and reviews."""

from .calls import Call, Criterion, ShareRule
from .ceilings import Ceiling
from .components import BudgetLine, Citation, Component, FacilityAccess
from .conditions import Condition, Shortcoming
from .kinds import ComponentKind, PaperKind, SectionName
from .letters import Letter
from .lines import Source, WonLine, lines_content, plain
from .papers import Attachment
from .parts import Indicator, Jotting, OtherFunding, Risk, Section, Target, plain_number
from .proposals import Proposal, Revision
from .questions import Question
from .reviews import Conflict, Mark, Review, SupportedLine

__all__ = [
    "Attachment",
    "BudgetLine",
    "Call",
    "Ceiling",
    "Citation",
    "Component",
    "ComponentKind",
    "Condition",
    "Conflict",
    "Criterion",
    "FacilityAccess",
    "Indicator",
    "Jotting",
    "Letter",
    "Mark",
    "OtherFunding",
    "PaperKind",
    "Proposal",
    "Question",
    "Review",
    "Revision",
    "Risk",
    "Section",
    "SectionName",
    "ShareRule",
    "Shortcoming",
    "Source",
    "SupportedLine",
    "Target",
    "WonLine",
    "lines_content",
    "plain",
    "plain_number",
]
