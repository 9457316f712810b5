"""Forms of the parts and components of a proposal."""

from functools import partial

from projects.budget.forms import BudgetForm
from projects.calls.models import SectionName
from projects.proposals.forms import PartnersForm, ProposalForm

from .citations import CitationForm
from .components import ComponentForm, DropForm
from .parts import IndicatorsForm, OtherFundingForm, RisksForm, SectionForm

__all__ = ["PART_FORMS", "CitationForm", "ComponentForm", "DropForm"]

PART_FORMS = {
    "basics": ProposalForm,
    "partners": PartnersForm,
    **{f"section-{name}": partial(SectionForm, name=name) for name in SectionName},
    "budget": BudgetForm,
    "indicators": IndicatorsForm,
    "risks": RisksForm,
    "other-funding": OtherFundingForm,
}
