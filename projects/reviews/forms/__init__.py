"""Forms of reviews and questions, and the form of each of their moves."""

from foundation.web.bulk import Bulk
from foundation.web.due_dates import RedateForm

from ..workflow import REVIEW
from .answers import AnswerForm
from .assignment import AssignForm, DeclareForm, RerouteForm
from .questions import AskForm, ReplyForm

__all__ = ["BULK_REVIEWS", "QUESTION_FORMS", "REVIEW_FORMS", "AnswerForm"]

REVIEW_FORMS = {
    "answer": AnswerForm,
    "assign": AssignForm,
    "declare": DeclareForm,
    "reroute": RerouteForm,
    "redate": RedateForm,
}
BULK_REVIEWS = Bulk(REVIEW, ("assign", "confirm", "pass_over", "redate"), REVIEW_FORMS)
QUESTION_FORMS = {"ask": AskForm, "answer": ReplyForm}
