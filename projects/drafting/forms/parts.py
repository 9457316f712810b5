"""Forms of the parts of a proposal other than components."""

from operator import itemgetter

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.time import clock
from foundation.web.forms import WonField
from foundation.web.part_forms import PartForm
from foundation.web.row_forms import RowForm, RowSet, WithRows, write_rows
from projects.calls.models import SectionName
from projects.proposals.models import Indicator, OtherFunding, Risk, Section, Target, plain_number

LONG = forms.Textarea(attrs={"rows": 18})
SHORT = forms.Textarea(attrs={"rows": 3})
MOST_CHARACTERS = 20_000
LEVELS = [("", "–"), *Risk.Level.choices]


class SectionForm(PartForm):
    """One written section of a proposal."""

    text = forms.CharField(
        label=_("text"), required=False, max_length=MOST_CHARACTERS, widget=LONG, strip=True
    )

    def __init__(self, *args, record, name, **options):
        self.name = SectionName(name)
        super().__init__(*args, record=record, **options)
        self.fields["text"].label = self.name.label
        self.fields["text"].needed_to_submit = self.name in record.call.required_sections
        self.fields["text"].initial = self.stored(record)["text"]

    def stored(self, record):
        rows = Section.objects.filter(proposal=record.pk, name=self.name)
        return {"text": "".join(rows.values_list("text", flat=True))}

    def entered(self):
        return {"text": self.cleaned_data["text"].replace("\r\n", "\n")}

    def words(self, values):
        return {self.name.label: values["text"]}

    def write_parts(self, record):
        if text := self.entered()["text"]:
            Section.objects.update_or_create(
                proposal=record, name=self.name, defaults={"text": text}
            )
        else:
            Section.objects.filter(proposal=record, name=self.name).delete()


class RowsPartForm(WithRows, PartForm):
    """A part of a proposal that is one table of rows."""

    model = None

    @property
    def table_name(self):
        return next(iter(self.row_sets))

    def stored_rows(self, name, record):
        return [as_row(row) for row in self.model.objects.filter(proposal=record).order_by("pk")]

    def stored(self, record):
        return {"rows": [plain_row(row) for row in self.stored_rows(self.table_name, record)]}

    def entered(self):
        return {"rows": [plain_row(row) for row in self.rows(self.table_name)]}

    def words(self, values):
        labels = self.tables[self.table_name].row_set.form.base_fields
        shown = {}
        for number, row in enumerate(values["rows"], start=1):
            lines = [f"{labels[n].label if n in labels else n}: {v}" for n, v in row.items() if v]
            shown[str(number)] = "\n".join(line for line in lines if not line.startswith("id:"))
        return shown

    def compare(self, record):
        """Add the rows that others saved meanwhile below, so that saving again keeps them."""
        super().compare(record)
        name = self.table_name
        number = self.tables[name].total_form_count()
        sent = {self.data.get(f"{name}-{row}-id") for row in range(number)}
        for row in self.stored_rows(name, record):
            if str(row["id"]) not in sent:
                self.data.update({f"{name}-{number}-{field}": v for field, v in as_typed(row)})
                number += 1
        self.data[f"{name}-{TOTAL_FORM_COUNT}"] = str(number)
        self.tables[name] = self.table(name, self.row_sets[name], self.data, record)

    def write_parts(self, record):
        write_rows(self.model, {"proposal": record}, self.rows(self.table_name))


def as_row(row):
    """The fields of a row as a dict, relations as primary keys."""
    names = [field.attname for field in row._meta.fields if field.name != "proposal"]
    return {name: getattr(row, name) for name in names}


def as_typed(row):
    return [(name, "" if value is None else str(value)) for name, value in row.items()]


def plain_row(row):
    """A row for comparison: without primary key, numbers as their shortest text."""
    return {name: plain_value(value) for name, value in row.items() if name != "id"}


def plain_value(value):
    return (
        plain_number(value) if hasattr(value, "as_tuple") else str("" if value is None else value)
    )


class RiskRow(RowForm):
    title = forms.CharField(label=_("what may go wrong"), max_length=200)
    likelihood = forms.ChoiceField(label=_("likelihood"), choices=LEVELS)
    impact = forms.ChoiceField(label=_("impact"), choices=LEVELS)
    measure = forms.CharField(label=_("what is done about it"), widget=SHORT)


class RisksForm(RowsPartForm):
    model = Risk
    row_sets = {"risks": RowSet(RiskRow, _("Risks"), _("risk"))}


class OtherFundingRow(RowForm):
    title = forms.CharField(label=_("programme"), max_length=200)
    ministry_id = forms.TypedChoiceField(label=_("ministry"), required=False, empty_value=None)
    first_year = forms.IntegerField(label=_("first year"), min_value=2000, max_value=2100)
    last_year = forms.IntegerField(label=_("last year"), min_value=2000, max_value=2100)
    won = WonField(label=_("amount in won"))
    difference = forms.CharField(
        label=_("how it differs from this proposal"), required=False, widget=SHORT
    )

    def __init__(self, *args, ministries, **options):
        super().__init__(*args, **options)
        self.fields["ministry_id"].choices = ministries

    def clean(self):
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", gettext("The last year is before the first."))
        return super().clean()


class OtherFundingForm(RowsPartForm):
    """Other funding for the same purpose."""

    model = OtherFunding
    row_sets = {"other_funding": RowSet(OtherFundingRow, _("Other funding"), _("other funding"))}

    def row_options(self, name):
        return {"ministries": ministry_choices()}


def ministry_choices():
    """Choices of today's ministries, sorted by name in the current language."""
    ministries = Organisation.objects.ministries().alive(clock.today()).named()
    return [("", "–"), *sorted(((body.pk, str(body)) for body in ministries), key=itemgetter(1, 0))]


class IndicatorRow(RowForm):
    """An indicator with a target for each year of the proposal."""

    title = forms.CharField(label=_("indicator"), max_length=200)
    component_id = forms.TypedChoiceField(
        label=_("component"), required=False, coerce=int, empty_value=None
    )
    unit = forms.CharField(label=_("unit"), max_length=40)
    baseline = forms.DecimalField(label=_("baseline"), max_digits=18, decimal_places=3)
    method = forms.CharField(label=_("how it is measured"), max_length=300, required=False)

    def __init__(self, *args, years, components, **options):
        super().__init__(*args, **options)
        self.fields["component_id"].choices = components
        for year in years:
            self.fields[f"target_{year}"] = forms.DecimalField(
                label=_("target of %s") % year, max_digits=18, decimal_places=3, required=False
            )
            self.fields[f"target_{year}"].needed_to_submit = True
        self.order_fields(["id", "title", "component_id", "unit", "baseline", *self.target_names])

    @property
    def target_names(self):
        return [name for name in self.fields if name.startswith("target_")]


class IndicatorsForm(RowsPartForm):
    model = Indicator
    row_sets = {"indicators": RowSet(IndicatorRow, _("Indicators"), _("indicator"))}

    def row_options(self, name):
        components = [(component.pk, str(component)) for component in self.record.live_components()]
        return {
            "years": self.record.years,
            "components": [("", _("the whole project")), *components],
        }

    def stored_rows(self, name, record):
        indicators = Indicator.objects.filter(proposal=record).order_by("pk")
        return [self.row_of(row, record) for row in indicators.prefetch_related("targets")]

    def row_of(self, indicator, record):
        names = ("id", "title", "unit", "baseline", "method")
        row = {name: getattr(indicator, name) for name in names}
        row["baseline"] = plain_number(indicator.baseline)
        targets = {target.year: plain_number(target.value) for target in indicator.targets.all()}
        row |= {f"target_{year}": targets.get(year) for year in record.years}
        return row | {"component_id": indicator.component_id}

    def write_parts(self, record):
        entered = self.rows("indicators")
        plain = [
            {name: value for name, value in row.items() if not name.startswith("target_")}
            for row in entered
        ]
        written = write_rows(Indicator, {"proposal": record}, plain)
        Target.objects.filter(indicator__in=written).delete()
        Target.objects.bulk_create(
            Target(indicator=indicator, year=int(name.removeprefix("target_")), value=value)
            for indicator, row in zip(written, entered, strict=True)
            for name, value in row.items()
            if name.startswith("target_") and value is not None
        )
