"""What coordinators and signatories send, by page or API."""

from .amendments import AmountsForm, HeirsForm, LeadForm, ProposeForm, TermsForm
from .checks import TRIES, CheckForm
from .corrections import ConfirmForm, CorrectionForm, signed_here
from .delegations import DelegationForm
from .drafts import ArticleForm, PartiesForm, PlaceForm, RemoveArticleForm, RemovePartyForm
from .papers import PaperForm
from .remarks import AnswerForm, RemarkForm
from .reports import BeginForm, EvaluateForm, WriteForm
from .resolutions import DeferForm, ResolveForm, SendBackForm
from .signatures import ElsewhereForm, SignForm
from .stances import ClausesForm
from .templates import TemplateForm
from .terminations import TerminationForm

__all__ = [
    "AGREEMENT_FORMS",
    "AMENDMENT_FORMS",
    "CONFIRMATION_FORMS",
    "CORRECTION_FORMS",
    "DELEGATION_FORMS",
    "EVALUATION_FORMS",
    "PAPER_FORMS",
    "PARTY_FORMS",
    "REMARK_FORMS",
    "REPORT_FORMS",
    "TEMPLATE_FORMS",
    "TERMINATION_FORMS",
    "TRIES",
    "AmountsForm",
    "ArticleForm",
    "CheckForm",
    "ConfirmForm",
    "CorrectionForm",
    "DelegationForm",
    "ElsewhereForm",
    "HeirsForm",
    "LeadForm",
    "PaperForm",
    "PartiesForm",
    "PlaceForm",
    "RemoveArticleForm",
    "RemovePartyForm",
    "SignForm",
    "TermsForm",
    "signed_here",
]

AGREEMENT_FORMS = {"resolve": ResolveForm, "defer": DeferForm, "send_back": SendBackForm}
AMENDMENT_FORMS = {"propose": ProposeForm}
PARTY_FORMS = {"weigh": ClausesForm, "sign": SignForm, "sign_elsewhere": ElsewhereForm}
REPORT_FORMS = {"begin": BeginForm, "write": WriteForm}
EVALUATION_FORMS = {"evaluate": EvaluateForm}
PAPER_FORMS = {"enter": PaperForm}
DELEGATION_FORMS = {"grant": DelegationForm}
CORRECTION_FORMS = {"propose": CorrectionForm}
CONFIRMATION_FORMS = {"confirm": ConfirmForm}
TERMINATION_FORMS = {"prepare": TerminationForm}
REMARK_FORMS = {"write": RemarkForm, "settle": AnswerForm}
TEMPLATE_FORMS = {"write": TemplateForm}
