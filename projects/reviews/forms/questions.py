"""Forms of questions (ministry) and of their answers (local government)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.time import clock
from foundation.time.calendar import add_working_days
from foundation.web.forms import DATE, ModelMoveForm, MoveForm, from_today
from projects.comments.references import subjects_of

from ..models import Question

DAYS_TO_ANSWER = 5
TEXT = forms.Textarea(attrs={"rows": 5})


class AskForm(ModelMoveForm):
    """A request for completion: its subject, text and due date."""

    model = Question
    takes = ["text", "due_on"]
    widgets = {"text": TEXT, "due_on": DATE}

    about = forms.ChoiceField(label=_("about"))

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["about"].choices = subjects_of(record)
        self.fields["due_on"].initial = add_working_days(clock.today(), DAYS_TO_ANSWER)
        self.order_fields(["about", "text", "due_on"])

    def clean_due_on(self):
        from_today(self.cleaned_data["due_on"])
        return self.cleaned_data["due_on"]

    def write(self, record):
        super().write(record)
        record.about = self.cleaned_data["about"]


class ReplyForm(MoveForm):
    """The local government's answer to a question."""

    answer = forms.CharField(label=_("answer"), widget=TEXT, max_length=20_000)

    def write(self, record):
        record.answer = self.cleaned_data["answer"]
