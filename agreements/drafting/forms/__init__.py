"""Forms of drafts, templates and remarks."""

from .drafts import ArticleForm, PartiesForm, PlaceForm, RemoveArticleForm, RemovePartyForm
from .remarks import AnswerForm, RemarkForm
from .templates import TemplateForm

__all__ = [
    "REMARK_FORMS",
    "TEMPLATE_FORMS",
    "ArticleForm",
    "PartiesForm",
    "PlaceForm",
    "RemoveArticleForm",
    "RemovePartyForm",
    "TemplateForm",
]

REMARK_FORMS = {"write": RemarkForm, "settle": AnswerForm}
TEMPLATE_FORMS = {"write": TemplateForm}
