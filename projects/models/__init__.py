"""What is asked for: calls, proposals, components, their yearly budget, and reviews."""

from .calls import Call, Criterion, ShareRule
from .ceilings import Ceiling
from .components import BudgetLine, Citation, Component, FacilityAccess
from .kinds import ComponentKind, PaperKind, SectionName
from .lines import Source, WonLine, lines_content, plain
from .papers import Attachment
from .parts import Indicator, Jotting, OtherFunding, Risk, Section, Target, plain_number
from .proposals import Proposal, Revision
from .questions import Question
from .reviews import Conflict, Mark, Review, SupportedLine
from .rounds import Position, ProposedLine, Round, write_proposed

__all__ = [
    "Attachment",
    "BudgetLine",
    "Call",
    "Ceiling",
    "Citation",
    "Component",
    "ComponentKind",
    "Conflict",
    "Criterion",
    "FacilityAccess",
    "Indicator",
    "Jotting",
    "Mark",
    "OtherFunding",
    "PaperKind",
    "Position",
    "Proposal",
    "ProposedLine",
    "Question",
    "Review",
    "Revision",
    "Risk",
    "Round",
    "Section",
    "SectionName",
    "ShareRule",
    "Source",
    "SupportedLine",
    "Target",
    "WonLine",
    "lines_content",
    "plain",
    "plain_number",
    "write_proposed",
]
