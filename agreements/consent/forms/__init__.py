"""Forms of clause answers by parties, and of decisions of the committee."""

from .clause_positions import ClausesForm
from .resolutions import DeferForm, ResolveForm, SendBackForm

__all__ = ["AGREEMENT_FORMS", "ClausesForm"]

AGREEMENT_FORMS = {"resolve": ResolveForm, "defer": DeferForm, "send_back": SendBackForm}
