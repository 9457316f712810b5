"""What a ministry's reviewer sends."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Review, SupportedLine
from .grids import GridForm, write_lines

TEXT = forms.Textarea(attrs={"rows": 6})


class AnswerForm(GridForm):
    """A ministry's answer on one component, with the amounts it supports."""

    answer = forms.ChoiceField(label=_("answer"), choices=Review.Answer, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("reason"), widget=TEXT)
    conditions = forms.CharField(
        label=_("conditions"),
        required=False,
        widget=TEXT,
        help_text=_("Only for an acceptance on conditions: one condition a line."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.asked = list(record.component.lines.all())
        supported = list(record.supported_lines.all()) if record.answer else self.asked
        self.add_grid(sorted({line.fiscal_year for line in self.asked}), supported)
        for name in ("answer", "reason", "conditions"):
            self.fields[name].initial = getattr(record, name)

    def as_asked(self):
        return {(line.fiscal_year, line.source): line.won for line in self.asked}

    def clean(self):
        data = super().clean()
        answer = data.get("answer")
        if answer == Review.Answer.CONDITIONS and not data.get("conditions", "").strip():
            self.add_error("conditions", gettext("Write the conditions, one a line."))
        if answer == Review.Answer.CHANGED and self.amounts() == self.as_asked():
            self.add_error(
                "answer", gettext("The amounts are as asked for: change them, or accept.")
            )
        if answer == Review.Answer.CHANGED and not self.amounts():
            self.add_error("answer", gettext("Nothing is supported: decline instead."))
        return data

    def supported(self):
        """Amounts count where the answer changes them; else all that was asked, or nothing."""
        answer = self.cleaned_data["answer"]
        if answer == Review.Answer.CHANGED:
            return self.amounts()
        supports = answer in (Review.Answer.ACCEPT, Review.Answer.CONDITIONS)
        return self.as_asked() if supports else {}

    def write(self, record):
        for name in ("answer", "reason", "conditions"):
            setattr(record, name, self.cleaned_data[name])

    def write_parts(self, record):
        write_lines(SupportedLine, {"review": record}, self.supported())
