"""Forms of amendments and terminations."""

from .amendments import AmountsForm, HeirsForm, LeadForm, ProposeForm, TermsForm
from .terminations import TerminationForm

__all__ = [
    "AMENDMENT_FORMS",
    "TERMINATION_FORMS",
    "AmountsForm",
    "HeirsForm",
    "LeadForm",
    "ProposeForm",
    "TermsForm",
]

AMENDMENT_FORMS = {"propose": ProposeForm}
TERMINATION_FORMS = {"prepare": TerminationForm}
