"""What drafters, reviewers and coordinators send, by page or API."""

from functools import partial

from foundation.web.bulk import Bulk
from foundation.web.due_dates import RedateForm

from ..models import SectionName
from ..workflow import PROPOSAL, REVIEW
from .answers import AnswerForm
from .attachments import AttachForm, TakeOutForm
from .budget import BudgetForm
from .calls import CallForm
from .ceilings import CeilingForm
from .citations import CitationForm
from .comments import CommentForm
from .components import ComponentForm, DropForm
from .conditions import (
    FulfilForm,
)
from .division import (
    DivideForm,
)
from .grids import GridForm, WonGrid, write_lines
from .issues import (
    DecideForm,
    OptionForm,
    PositionForm,
    RaiseForm,
)
from .outcome import (
    ChangeLeadForm,
    ReturnForm,
)
from .parts import IndicatorsForm, OtherFundingForm, RisksForm, SectionForm
from .proposals import (
    CopyForm,
    HandOverForm,
    PartnersForm,
    ProposalForm,
    RecommendForm,
    ReserveForm,
    SelectForm,
    full_name,
)
from .questions import AskForm, ReplyForm
from .reviews import AssignForm, DeclareForm, RerouteForm
from .rounds import (
    ProposeForm,
    TakePositionForm,
)
from .sessions import (
    RecordForm,
    RedateSessionForm,
    SessionForm,
)
from .sheets import SheetForm, UploadForm, sealed

__all__ = [
    "BULK_PROPOSALS",
    "BULK_REVIEWS",
    "CALL_FORMS",
    "CEILING_FORMS",
    "COMMENT_FORMS",
    "CONDITION_FORMS",
    "ISSUE_FORMS",
    "ISSUE_SIDE_FORMS",
    "PART_FORMS",
    "POSITION_FORMS",
    "PROPOSAL_FORMS",
    "QUESTION_FORMS",
    "REVIEW_FORMS",
    "ROUND_FORMS",
    "SESSION_FORMS",
    "AnswerForm",
    "AttachForm",
    "BudgetForm",
    "CallForm",
    "CitationForm",
    "CommentForm",
    "ComponentForm",
    "CopyForm",
    "DropForm",
    "GridForm",
    "HandOverForm",
    "IndicatorsForm",
    "OtherFundingForm",
    "PartnersForm",
    "ProposalForm",
    "ProposeForm",
    "RecordForm",
    "RisksForm",
    "SectionForm",
    "SelectForm",
    "SheetForm",
    "TakeOutForm",
    "UploadForm",
    "WonGrid",
    "full_name",
    "sealed",
    "write_lines",
]

CALL_FORMS = {"prepare": CallForm, "revise": CallForm, "amend": CallForm, "divide": DivideForm}
PROPOSAL_FORMS = {
    "begin": ProposalForm,
    "revise": ProposalForm,
    "hand_over": HandOverForm,
    "recommend": RecommendForm,
    "select": SelectForm,
    "reserve": ReserveForm,
    "promote": SelectForm,
    "return": ReturnForm,
    "redate": RedateForm,
    "change_lead": ChangeLeadForm,
}
PART_FORMS = {
    "basics": ProposalForm,
    "partners": PartnersForm,
    **{f"section-{name}": partial(SectionForm, name=name) for name in SectionName},
    "budget": BudgetForm,
    "indicators": IndicatorsForm,
    "risks": RisksForm,
    "other-funding": OtherFundingForm,
}
CEILING_FORMS = {"set": CeilingForm, "change": CeilingForm}
REVIEW_FORMS = {
    "answer": AnswerForm,
    "assign": AssignForm,
    "declare": DeclareForm,
    "reroute": RerouteForm,
    "redate": RedateForm,
}
BULK_REVIEWS = Bulk(REVIEW, ("assign", "confirm", "pass_over", "redate"), REVIEW_FORMS)
BULK_PROPOSALS = Bulk(PROPOSAL, ("accept", "reject"), PROPOSAL_FORMS)
CONDITION_FORMS = {"fulfil": FulfilForm, "redate": RedateForm}
QUESTION_FORMS = {"ask": AskForm, "answer": ReplyForm}
ISSUE_FORMS = {"raise": RaiseForm, "add_option": OptionForm, "decide": DecideForm}
ISSUE_SIDE_FORMS = {"state": PositionForm}
SESSION_FORMS = {
    "plan": SessionForm,
    "revise": SessionForm,
    "redate": RedateSessionForm,
    "hold": RecordForm,
}
COMMENT_FORMS = {"write": CommentForm, "edit": CommentForm}
ROUND_FORMS = {"propose": ProposeForm}
POSITION_FORMS = {"accept": TakePositionForm, "object": TakePositionForm}
