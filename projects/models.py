"""All models of the app: calls, proposals, components, their yearly budget, and reviews."""

from .attachments.models import Attachment
from .calls.models import Call, Ceiling, ComponentKind, Criterion, PaperKind, SectionName, ShareRule
from .comments.models import Comment
from .conditions.models import Condition, Shortcoming
from .coordination.models import Position, ProposedLine, Round, write_proposed
from .issues.models import Issue, IssueOption, IssueSide
from .proposals.models import (
    BudgetLine,
    Citation,
    Component,
    FacilityAccess,
    Indicator,
    Jotting,
    OtherFunding,
    Proposal,
    Revision,
    Risk,
    Section,
    Source,
    Target,
    WonLine,
    lines_content,
    plain,
    plain_number,
)
from .reviews.models import Conflict, Mark, Question, Review, SupportedLine
from .selection.models import Letter
from .sessions.models import AgendaItem, Session, SessionMember

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
