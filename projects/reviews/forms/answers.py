"""The form of a ministry's answer."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.web.row_forms import RowSet, WithRows, write_rows
from projects.budget.forms import GridForm, write_lines
from projects.conditions.forms import ConditionRow, parties_of, stored_conditions
from projects.conditions.models import Condition

from ..models import Mark, Review, SupportedLine

TEXT = forms.Textarea(attrs={"rows": 6})
TEXTS = ("answer", "reason", "note_to_others")
MARKS = ("points_", "finding_")


class AnswerForm(WithRows, GridForm):
    """A ministry's answer on one component, with its conditions and the amounts it supports."""

    row_sets = {
        "conditions": RowSet(
            ConditionRow,
            _("Conditions"),
            _("condition"),
            help=_(
                "For an acceptance on conditions or with changed amounts: each has an owner who"
                " meets it and a day."
            ),
        ),
    }

    answer = forms.ChoiceField(label=_("answer"), choices=Review.Answer, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("reason"), widget=TEXT)
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

    def stored_rows(self, name, record):
        return stored_conditions(record)

    def row_options(self, name):
        return {"parties": parties_of(self.record.proposal)}

    def clean_tables(self):
        answer = self.cleaned_data["answer"]
        conditions, sent = self.rows("conditions"), self.tables["conditions"].is_bound
        if answer == Review.Answer.CONDITIONS and not conditions:
            self.add_error(None, gettext("Write at least one condition, with its owner and day."))
        if sent and conditions and answer not in Review.WITH_CONDITIONS:
            text = gettext("Conditions go with “accept on conditions” or “with changed amounts”.")
            self.add_error("answer", text)

    def conditions(self):
        """The entered conditions with their owners; none if the answer cannot have conditions."""
        if self.cleaned_data["answer"] not in Review.WITH_CONDITIONS:
            return []
        rows = self.rows("conditions")
        owners = Organisation.objects.in_bulk({row["owner"] for row in rows})
        return [row | {"owner": owners[row["owner"]]} for row in rows]

    def as_asked(self):
        return {(line.fiscal_year, line.source): line.won for line in self.asked}

    def clean(self):
        data = super().clean()
        answer = data.get("answer")
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
        """Require points for every criterion of the call."""
        for criterion in self.criteria:
            name = f"points_{criterion.pk}"
            if data.get(name) is None and name not in self.errors:
                self.add_error(name, gettext("Give 0 to 100 points."))

    def plain_fields(self):
        return [f for f in super().plain_fields() if not f.name.startswith(MARKS)]

    def mark_rows(self):
        """(criterion, field of points, field of finding) for each criterion."""
        return [(c, self[f"points_{c.pk}"], self[f"finding_{c.pk}"]) for c in self.criteria]

    def supported(self):
        """{(year, source): won}: the entered amounts if changed, else those requested, or none."""
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
        of_review = {"proposal": record.proposal, "review": record}
        write_rows(Condition, of_review, self.conditions())
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
    """Fields for points and finding of each criterion, named ``points_7`` and ``finding_7``."""
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
