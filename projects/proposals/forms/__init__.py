"""Forms of a proposal, and the form of each of its moves."""

from foundation.web.bulk import Bulk
from foundation.web.due_dates import RedateForm
from projects.selection.forms import (
    ChangeLeadForm,
    RecommendForm,
    ReserveForm,
    ReturnForm,
    SelectForm,
)

from ..workflow import PROPOSAL
from .proposals import (
    CopyForm,
    HandOverForm,
    PartnersForm,
    ProposalForm,
    by_province,
    full_name,
)

__all__ = [
    "BULK_PROPOSALS",
    "PROPOSAL_FORMS",
    "CopyForm",
    "PartnersForm",
    "ProposalForm",
    "by_province",
    "full_name",
]

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
BULK_PROPOSALS = Bulk(PROPOSAL, ("accept", "reject"), PROPOSAL_FORMS)
