"""Forms of one component."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.time import clock
from foundation.web.forms import MoveForm
from foundation.web.part_forms import PartForm
from projects.budget.forms import GridForm, write_lines
from projects.calls.models import ComponentKind
from projects.proposals.models import BudgetLine, Component, Source

from .parts import ministry_choices

TEXT = forms.Textarea(attrs={"rows": 6})
FIELDS = ("title", "ministry", "kind", "description")


class ComponentForm(PartForm, GridForm):
    """One component and its yearly budget; the move is made on the proposal."""

    title = forms.CharField(label=_("title"), max_length=200)
    ministry = forms.ModelChoiceField(label=_("ministry"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("kind"), choices=ComponentKind)
    description = forms.CharField(label=_("what will be done"), required=False, widget=TEXT)

    def __init__(self, *args, record, component=None, **options):
        self.component = component
        super().__init__(*args, record=record, **options)
        ministries = Organisation.objects.ministries().alive(clock.today())
        self.fields["ministry"].queryset = ministries
        self.fields["ministry"].choices = ministry_choices()
        lines = component.lines.all() if component else []
        years = sorted({*record.years, *(line.fiscal_year for line in lines)})
        self.add_grid(years, lines)
        for name in FIELDS:
            self.fields[name].initial = getattr(component, name, None)
        self.fields["kind"].initial = getattr(component, "kind", ComponentKind.PROGRAMME)

    def stored(self, record):
        """The saved component: a colleague may have saved since the page was opened."""
        if self.component is None:
            return {}
        now = Component.objects.prefetch_related("lines").get(pk=self.component.pk)
        values = {name: getattr(now, name) for name in ("title", "kind", "description")}
        lines = {f"{x.fiscal_year} {x.source}": x.won for x in now.lines.all()}
        return values | {"ministry": now.ministry_id, "lines": lines}

    def entered(self):
        values = {name: self.cleaned_data[name] for name in ("title", "kind", "description")}
        lines = {f"{year} {source}": won for (year, source), won in self.amounts().items()}
        return values | {"ministry": self.cleaned_data["ministry"].pk, "lines": lines}

    def words(self, values):
        shown = {self.fields[name].label: str(values[name]) for name in ("title", "description")}
        shown[self.fields["kind"].label] = ComponentKind(values["kind"]).label
        shown[self.fields["ministry"].label] = str(
            Organisation.objects.named().get(pk=values["ministry"])
        )
        for cell, won in sorted(values["lines"].items()):
            year, source = cell.split()
            shown[f"{year}, {Source(source).label}"] = f"{won:,}"
        return shown

    def write_parts(self, record):
        component = self.component or Component(proposal=record)
        for name in FIELDS:
            setattr(component, name, self.cleaned_data[name])
        component.save()
        write_lines(BudgetLine, {"component": component}, self.amounts())
        self.component = component


class DropForm(MoveForm):
    """Drop a component that ministries were asked about; delete any other."""

    def __init__(self, *args, component, **options):
        super().__init__(*args, **options)
        self.component = component

    def write_parts(self, record):
        if self.component.reviews.exists():
            self.component.dropped = True
            self.component.save()
        else:
            self.component.delete()
