"""What coordinators and signatories send, by page or API."""

from .drafts import ArticleForm, PartiesForm, RemovePartyForm, ScheduleForm
from .resolutions import ResolveForm
from .signatures import SignForm

__all__ = [
    "AGREEMENT_FORMS",
    "PARTY_FORMS",
    "ArticleForm",
    "PartiesForm",
    "RemovePartyForm",
    "ScheduleForm",
    "SignForm",
]

AGREEMENT_FORMS = {"resolve": ResolveForm}
PARTY_FORMS = {"sign": SignForm}
