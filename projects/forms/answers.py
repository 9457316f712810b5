"""What a ministry's reviewer sends."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Mark, Review, SupportedLine
from .grids import GridForm, write_lines

TEXT = forms.Textarea(attrs={"rows": 6})
TEXTS = ("answer", "reason", "conditions", "note_to_others")
MARKS = ("points_", "finding_")


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
    note_to_others = forms.CharField(
        label=_("note to the other ministries"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.asked = list(record.component.lines.all())
        supported = list(record.supported_lines.all()) if record.answer else self.asked
        self.add_grid(sorted({line.fiscal_year for line in self.asked}), supported)
        for name in TEXTS:
            self.fields[name].initial = getattr(record, name)
        self.criteria = list(record.proposal.call.criteria.order_by("pk"))
        self.fields.update(mark_fields(self.criteria, record.marks.all()))

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
        if answer and answer != Review.Answer.NOT_OURS:
            self.demand_marks(data)
        return data

    def demand_marks(self, data):
        """Whoever owns the component marks it by every criterion of the call."""
        for criterion in self.criteria:
            name = f"points_{criterion.pk}"
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, gettext("Give 0 to 100 points."))

    def plain_fields(self):
        return [f for f in super().plain_fields() if not f.name.startswith(MARKS)]

    def mark_rows(self):
        """(criterion, field of its points, field of its finding) for a page."""
        return [(c, self[f"points_{c.pk}"], self[f"finding_{c.pk}"]) for c in self.criteria]

    def supported(self):
        """Amounts count where the answer changes them; else all that was asked, or nothing."""
        answer = self.cleaned_data["answer"]
        if answer == Review.Answer.CHANGED:
            return self.amounts()
        supports = answer in (Review.Answer.ACCEPT, Review.Answer.CONDITIONS)
        return self.as_asked() if supports else {}

    def write(self, record):
        for name in TEXTS:
            setattr(record, name, self.cleaned_data[name])

    def write_parts(self, record):
        write_lines(SupportedLine, {"review": record}, self.supported())
        record.marks.all().delete()
        Mark.objects.bulk_create(
            Mark(review=record, criterion=criterion, points=points, finding=finding)
            for criterion, points, finding in self.marks()
        )

    def marks(self):
        if self.cleaned_data["answer"] == Review.Answer.NOT_OURS:
            return
        for criterion in self.criteria:
            data, key = self.cleaned_data, criterion.pk
            yield criterion, data[f"points_{key}"], data[f"finding_{key}"]


def mark_fields(criteria, marks):
    """Points and a finding for each criterion, named ``points_7`` and ``finding_7``."""
    given = {mark.criterion_id: mark for mark in marks}
    for criterion in criteria:
        mark = given.get(criterion.pk)
        yield (
            f"points_{criterion.pk}",
            forms.IntegerField(
                label=gettext("%s: points") % criterion,
                required=False,
                min_value=0,
                max_value=100,
                initial=mark and mark.points,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "won"}),
            ),
        )
        yield (
            f"finding_{criterion.pk}",
            forms.CharField(
                label=gettext("%s: finding") % criterion,
                required=False,
                max_length=4000,
                initial=mark.finding if mark else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            ),
        )
