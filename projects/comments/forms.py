"""The form of a comment, for pages and API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import ModelMoveForm

from .models import Comment
from .references import places_in


class CommentForm(ModelMoveForm):
    """A comment on a part, a component or a budget cell of the submitted proposal."""

    model = Comment
    takes = ["text"]
    widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    about = forms.ChoiceField(label=_("about"))

    def __init__(self, *args, record, **options):
        options.setdefault("auto_id", "comment_%s")  # the same page has the form of the answer
        super().__init__(*args, record=record, **options)
        review = record.review
        self.fields["about"].choices = places_in(review.revision.content, review.component_id)
        self.fields["about"].initial = record.about
        self.order_fields(["about", "text"])

    def write(self, record):
        super().write(record)
        record.about = self.cleaned_data["about"]


COMMENT_FORMS = {"write": CommentForm, "edit": CommentForm}
