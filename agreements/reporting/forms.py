"""Forms of yearly reports and evaluations, for pages and the API."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import ModelMoveForm, MoveForm, WonField
from projects.models import Source
from projects.proposals.models.parts import plain_number

from .due_years import indicators_of, open_years, promised_amounts
from .models import Evaluation, ReportedIndicator, ReportedSpending, YearlyReport

LONG = forms.Textarea(attrs={"rows": 8})
SHORT = forms.Textarea(attrs={"rows": 4})


class BeginForm(MoveForm):
    """The year to report; everything else is written afterwards."""

    fiscal_year = forms.TypedChoiceField(label=_("fiscal year"), coerce=int)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        years = open_years(record.agreement, record.agreement.current())
        self.fields["fiscal_year"].choices = [(year, year) for year in years]

    def write(self, record):
        record.fiscal_year = self.cleaned_data["fiscal_year"]


class WriteForm(ModelMoveForm):
    """Texts, the value reached by each indicator, and executed won by component and source.

    An indicator left empty is not reported; an amount left empty counts as zero.
    """

    model = YearlyReport
    takes = ["narrative", "obstacles", "next_steps"]
    widgets = {"narrative": LONG, "obstacles": SHORT, "next_steps": SHORT}

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.measured = indicators_of(record.agreement, record.fiscal_year)
        self.lines = promised_amounts(record.agreement, record.fiscal_year)
        reported = {row.indicator_id: row for row in record.indicators.all()}
        spent = {(row.component_id, row.source): row.won for row in record.spendings.all()}
        for indicator, target in self.measured:
            self.add_indicator(indicator, target, reported.get(indicator.pk))
        for component, source, won in self.lines:
            self.fields[f"won_{component.pk}_{source}"] = WonField(
                label=f"{component} · {Source(source).label}",
                required=False,
                initial=spent.get((component.pk, source), 0),
                help_text=gettext("Agreed for the year: %s won.") % f"{won:,}",
            )

    def add_indicator(self, indicator, target, reported):
        named = {"indicator": indicator, "unit": indicator.unit}
        self.fields[f"actual_{indicator.pk}"] = forms.DecimalField(
            label=gettext("%(indicator)s, reached (%(unit)s)") % named,
            required=False,
            max_digits=18,
            decimal_places=3,
            initial=plain_number(reported.actual) if reported else None,
            help_text=gettext("Target of the year: %s")
            % (plain_number(target) if target is not None else "–"),
            localize=False,
        )
        self.fields[f"remark_{indicator.pk}"] = forms.CharField(
            label=gettext("%s, remark") % indicator,
            required=False,
            max_length=500,
            initial=reported.remark if reported else "",
        )

    def write_parts(self, record):
        record.indicators.all().delete()
        ReportedIndicator.objects.bulk_create(
            ReportedIndicator(
                report=record,
                indicator=indicator,
                target=target,
                actual=self.cleaned_data[f"actual_{indicator.pk}"],
                remark=self.cleaned_data[f"remark_{indicator.pk}"],
            )
            for indicator, target in self.measured
            if self.cleaned_data[f"actual_{indicator.pk}"] is not None
        )
        record.spendings.all().delete()
        ReportedSpending.objects.bulk_create(
            ReportedSpending(report=record, component=component, source=source, won=won)
            for component, source, _promised in self.lines
            if (won := self.cleaned_data[f"won_{component.pk}_{source}"])
        )


class EvaluateForm(ModelMoveForm):
    """A grade, an opinion, and a recommendation about next year's funds."""

    model = Evaluation
    takes = Evaluation.FIELDS
    widgets = {
        "grade": forms.RadioSelect,
        "opinion": LONG,
        "advice": forms.RadioSelect,
        "reason": SHORT,
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("grade", "opinion", "advice"):
            self.fields[name].required = True
        self.fields["grade"].choices = Evaluation.Grade.choices
        self.fields["advice"].choices = Evaluation.Advice.choices

    def clean(self):
        advice, reason = self.cleaned_data.get("advice"), self.cleaned_data.get("reason", "")
        if advice and advice != Evaluation.Advice.KEEP and not reason.strip():
            self.add_error("reason", gettext("Say why next year's funds should change."))
        return super().clean()


REPORT_FORMS = {"begin": BeginForm, "write": WriteForm}
EVALUATION_FORMS = {"evaluate": EvaluateForm}
