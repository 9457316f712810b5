"""What parties say about clauses, and what coordinators record of the committee's decision."""

from .clause_positions import ClausesForm
from .resolutions import DeferForm, ResolveForm, SendBackForm

__all__ = ["AGREEMENT_FORMS", "ClausesForm"]

AGREEMENT_FORMS = {"resolve": ResolveForm, "defer": DeferForm, "send_back": SendBackForm}
