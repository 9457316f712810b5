"""What coordinators and signatories send, by page or API."""

from .amendments import AmountsForm, HeirsForm, LeadForm, ProposeForm, TermsForm
from .drafts import ArticleForm, PartiesForm, RemovePartyForm, ScheduleForm
from .resolutions import ResolveForm
from .signatures import SignForm
from .terminations import TerminationForm

__all__ = [
    "AGREEMENT_FORMS",
    "AMENDMENT_FORMS",
    "PARTY_FORMS",
    "TERMINATION_FORMS",
    "AmountsForm",
    "ArticleForm",
    "HeirsForm",
    "LeadForm",
    "PartiesForm",
    "RemovePartyForm",
    "ScheduleForm",
    "SignForm",
    "TermsForm",
]

AGREEMENT_FORMS = {"resolve": ResolveForm}
AMENDMENT_FORMS = {"propose": ProposeForm}
PARTY_FORMS = {"sign": SignForm}
TERMINATION_FORMS = {"prepare": TerminationForm}
