"""What drafters, reviewers and coordinators send, by page or API."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation import clock
from foundation.forms import DATE, MoveForm, WonField

from . import budget
from .models import BudgetLine, Call, Component, Proposal, Review, Source, SupportedLine

TEXT = forms.Textarea(attrs={"rows": 6})


class ModelMoveForm(MoveForm):
    """A move form whose fields, named in ``takes``, are fields of the record."""

    model = None
    takes = ()
    widgets = {}

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        drawn = forms.fields_for_model(self.model, self.takes, widgets=self.widgets)
        declared = {name: self.fields[name] for name in self.takes if name in self.fields}
        self.fields = {**drawn, **declared, **self.fields}
        for name in self.takes:
            self.fields[name].initial = getattr(record, name, None)

    def clean(self):
        """What the model's fields hold, the form holds: ranges are the database's."""
        for name in self.takes:
            if name in self.cleaned_data:
                self.hold_to(self.model._meta.get_field(name), self.cleaned_data[name])
        return super().clean()

    def hold_to(self, field, value):
        try:
            field.run_validators(value)
        except ValidationError as wrong:
            self.add_error(field.name, wrong)

    def write(self, record):
        for name in self.takes:
            setattr(record, name, self.cleaned_data[name])


class CallForm(ModelMoveForm):
    """A call's window, rules and periods."""

    model = Call
    takes = Call.TERMS
    widgets = {"opens_on": DATE, "closes_on": DATE}
    national_ceiling = WonField(label=_("most national funds for one proposal, in won"))

    def clean(self):
        opens, closes = self.cleaned_data.get("opens_on"), self.cleaned_data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("The call cannot close before it opens."))
        least, most = self.cleaned_data.get("least_years"), self.cleaned_data.get("most_years")
        if least and most and not 1 <= least <= most <= 10:
            self.add_error("most_years", gettext("Between the shortest period and 10 years."))
        return super().clean()


class ProposalForm(ModelMoveForm):
    """The basics: title, purpose, period and partners."""

    model = Proposal
    takes = ["title", "purpose", "first_year", "last_year"]
    widgets = {"purpose": TEXT}
    partners = forms.ModelMultipleChoiceField(
        label=_("Partner local governments"),
        required=False,
        queryset=Organisation.objects.none(),
        help_text=_("They sign the agreement too. Choose the province as well."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        local = Organisation.objects.local().alive(clock.today()).with_parents()
        others = local.exclude(pk=record.applicant_id).order_by("-kind", "pk")
        self.fields["partners"].queryset = others
        self.fields["partners"].label_from_instance = full_name
        if record.pk:
            self.fields["partners"].initial = record.partners.all()

    def clean(self):
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first and not 2000 <= first <= 2100:
            self.add_error("first_year", gettext("Write a year, as in 2027."))
        elif first and last and not first <= last < first + 10:
            self.add_error(
                "last_year", gettext("The last year is at most nine years after the first.")
            )
        return super().clean()

    def write_parts(self, record):
        record.partners.set(self.cleaned_data["partners"])


def full_name(organisation):
    return organisation.full_name_on(clock.today())


class WonGrid:
    """Fields for a grid of years and sources, named ``won_2027_national``."""

    def __init__(self, years, sources=tuple(Source)):
        self.years, self.sources = years, sources

    def fields(self, amounts):
        for source in self.sources:
            for year in self.years:
                label = gettext("%(year)s, %(source)s") % {"year": year, "source": source.label}
                won = amounts.get((year, source.value))
                yield (
                    f"won_{year}_{source.value}",
                    WonField(required=False, label=label, initial=won),
                )

    def amounts(self, cleaned_data):
        """The amounts above nothing, as {(year, source): won}."""
        found = {}
        for source in self.sources:
            for year in self.years:
                if won := cleaned_data.get(f"won_{year}_{source.value}"):
                    found[year, source.value] = won
        return found

    def rows(self, form):
        """The bound fields as rows (label, cells, sum), a row per source, for a page."""
        sums = form.grid_totals()["sources"]
        for source, won in zip(self.sources, sums, strict=True):
            yield source.label, [form[f"won_{year}_{source.value}"] for year in self.years], won


class GridForm(MoveForm):
    """A move form with a grid of amounts."""

    def add_grid(self, years, lines):
        self.grid = WonGrid(years)
        amounts = {(line.fiscal_year, line.source): line.won for line in lines}
        self.fields.update(self.grid.fields(amounts))

    def clean(self):
        strange = sorted(n for n in self.data if n.startswith("won_") and n not in self.fields)
        for name in strange[:3]:
            text = gettext("“%s”: there is no such year or source here.")
            self.add_error(None, text % name.removeprefix("won_").replace("_", " ", 1))
        return super().clean()

    def amounts(self):
        return self.grid.amounts(self.cleaned_data)

    def plain_fields(self):
        """The visible fields that stand outside the grid."""
        return [field for field in self.visible_fields() if not field.name.startswith("won_")]

    def grid_rows(self):
        return list(self.grid.rows(self))

    def grid_totals(self):
        """Sums of what stands in the grid, readable or not: by source, by year, of all."""
        cleaned = getattr(self, "cleaned_data", None)
        if cleaned is None:
            cleaned = {name: field.initial for name, field in self.fields.items()}
        lines = [
            budget.Line(0, "", year, source, won)
            for (year, source), won in self.grid.amounts(cleaned).items()
        ]
        by_source, by_year = budget.by(lines, "source"), budget.by(lines, "year")
        return {
            "sources": [by_source.get(source.value, 0) for source in self.grid.sources],
            "years": [by_year.get(year, 0) for year in self.grid.years],
            "all": budget.total(lines),
        }


class ComponentForm(GridForm):
    """One component and its yearly budget; the record it moves is the proposal."""

    title = forms.CharField(label=_("title"), max_length=200)
    ministry = forms.ModelChoiceField(label=_("ministry"), queryset=Organisation.objects.none())
    description = forms.CharField(label=_("what will be done"), required=False, widget=TEXT)

    def __init__(self, *args, record, component=None, **options):
        super().__init__(*args, record=record, **options)
        self.component = component
        ministries = Organisation.objects.ministries().alive(clock.today())
        self.fields["ministry"].queryset = ministries.named().order_by("pk")
        lines = component.lines.all() if component else []
        years = sorted({*record.years, *(line.fiscal_year for line in lines)})
        self.add_grid(years, lines)
        for name in ("title", "ministry", "description"):
            self.fields[name].initial = getattr(component, name, None)

    def write_parts(self, record):
        component = self.component or Component(proposal=record)
        for name in ("title", "ministry", "description"):
            setattr(component, name, self.cleaned_data[name])
        component.save()
        write_lines(BudgetLine, {"component": component}, self.amounts())
        self.component = component


class DropForm(MoveForm):
    """Take a component out of the proposal."""

    def __init__(self, *args, component, **options):
        super().__init__(*args, **options)
        self.component = component

    def write_parts(self, record):
        if self.component.reviews.exists():
            self.component.dropped = True
            self.component.save()
        else:
            self.component.delete()


class SelectForm(MoveForm):
    """Select a proposal and name the lead ministry: the one with the largest national share."""

    lead_ministry = forms.ModelChoiceField(
        label=_("lead ministry"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        lines = SupportedLine.objects.filter(review__proposal=record, review__state="confirmed")
        shares = lines.values_list("review__ministry").annotate(share=Sum("won"))
        ranked = shares.filter(source=Source.NATIONAL).order_by("-share", "review__ministry")
        ministries = [ministry for ministry, _share in ranked]
        self.fields["lead_ministry"].queryset = (
            Organisation.objects.filter(components__proposal=record)
            .named()
            .distinct()
            .order_by("pk")
        )
        self.fields["lead_ministry"].initial = record.lead_ministry_id or (ministries or [None])[0]

    def write(self, record):
        record.lead_ministry = self.cleaned_data["lead_ministry"]


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


def write_lines(model, owner, amounts):
    """Replace the lines of an owner by {(year, source): won}, in two queries."""
    model.objects.filter(**owner).delete()
    model.objects.bulk_create(
        model(**owner, fiscal_year=year, source=source, won=won)
        for (year, source), won in amounts.items()
    )


CALL_FORMS = {"prepare": CallForm, "revise": CallForm}
PROPOSAL_FORMS = {"begin": ProposalForm, "revise": ProposalForm, "select": SelectForm}
REVIEW_FORMS = {"answer": AnswerForm}
