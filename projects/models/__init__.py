"""What is asked for: calls, proposals, components, their yearly budget, and reviews."""

from .calls import Call, Criterion, ShareRule
from .ceilings import Ceiling
from .comments import Comment
from .components import BudgetLine, Citation, Component, FacilityAccess
from .conditions import (
    Condition,
    Shortcoming,
)
from .issues import (
    Issue,
    IssueOption,
    IssueSide,
)
from .kinds import ComponentKind, PaperKind, SectionName
from .letters import Letter
from .lines import Source, WonLine, lines_content, plain
from .papers import Attachment
from .parts import Indicator, Jotting, OtherFunding, Risk, Section, Target, plain_number
from .proposals import Proposal, Revision
from .questions import Question
from .reviews import Conflict, Mark, Review, SupportedLine
from .rounds import (
    Position,
    ProposedLine,
    Round,
    write_proposed,
)
from .sessions import (
    AgendaItem,
    Session,
    SessionMember,
)

__all__ = [
    "AgendaItem",
    "Attachment",
    "BudgetLine",
    "Call",
    "Ceiling",
    "Citation",
    "Comment",
    "Component",
    "ComponentKind",
    "Condition",
    "Conflict",
    "Criterion",
    "FacilityAccess",
    "Indicator",
    "Issue",
    "IssueOption",
    "IssueSide",
    "Jotting",
    "Letter",
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
    "Session",
    "SessionMember",
    "ShareRule",
    "Shortcoming",
    "Source",
    "SupportedLine",
    "Target",
    "WonLine",
    "lines_content",
    "plain",
    "plain_number",
    "write_proposed",
]
