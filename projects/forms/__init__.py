"""What drafters, reviewers and coordinators send, by page or API."""

from functools import partial

from ..models import SectionName
from .answers import AnswerForm
from .attachments import AttachForm, TakeOutForm
from .budget import BudgetForm
from .calls import CallForm
from .ceilings import CeilingForm
from .citations import CitationForm
from .components import ComponentForm, DropForm
from .division import DivideForm
from .grids import GridForm, WonGrid, write_lines
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
from .rounds import ProposeForm, TakePositionForm
from .sheets import SheetForm, UploadForm, sealed

__all__ = [
    "CALL_FORMS",
    "CEILING_FORMS",
    "PART_FORMS",
    "POSITION_FORMS",
    "PROPOSAL_FORMS",
    "QUESTION_FORMS",
    "REVIEW_FORMS",
    "ROUND_FORMS",
    "AnswerForm",
    "AttachForm",
    "BudgetForm",
    "CallForm",
    "CitationForm",
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
}
QUESTION_FORMS = {"ask": AskForm, "answer": ReplyForm}
ROUND_FORMS = {"propose": ProposeForm}
POSITION_FORMS = {"accept": TakePositionForm, "object": TakePositionForm}
