"""Forms of signatures, documents signed elsewhere, scans and delegations."""

from agreements.consent.forms import ClausesForm

from .delegations import DelegationForm
from .papers import PaperForm
from .passwords import PasswordForm
from .signatures import ElsewhereForm, SignForm

__all__ = [
    "DELEGATION_FORMS",
    "PAPER_FORMS",
    "PARTY_FORMS",
    "DelegationForm",
    "ElsewhereForm",
    "PaperForm",
    "PasswordForm",
    "SignForm",
]

PARTY_FORMS = {"weigh": ClausesForm, "sign": SignForm, "sign_elsewhere": ElsewhereForm}
PAPER_FORMS = {"enter": PaperForm}
DELEGATION_FORMS = {"grant": DelegationForm}
