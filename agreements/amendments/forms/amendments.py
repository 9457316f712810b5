"""Forms of an amendment, one for each thing it changes."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Role
from agreements.versions.models import Party, ScheduleLine, Version
from foundation.time import clock
from foundation.web.forms import ModelMoveForm, MoveForm
from projects.budget.forms.grids import GridForm, write_lines
from projects.proposals.forms.proposals import full_name

from ..next_version import first_open_year
from ..succession import divided_components

ROLES = Party.Role


class ProposeForm(MoveForm):
    """Propose an amendment: the proposing party, what is to change, and why."""

    organisation = forms.ModelChoiceField(
        label=_("proposing party"), queryset=Organisation.objects.none()
    )
    reason = forms.CharField(
        label=_("what is to change, and why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, record, actor, **options):
        super().__init__(*args, record=record, actor=actor, **options)
        parties = record.base.parties.staying().values("organisation")
        bodies = Organisation.objects.filter(pk__in=parties).named().order_by("pk")
        if not actor.reach([Role.COORDINATOR]):
            bodies = bodies.filter(pk__in=actor.reach([Role.APPROVER]))
        self.fields["organisation"].queryset = bodies
        if len(bodies) == 1:
            self.fields["organisation"].initial = bodies[0]

    def write(self, record):
        record.organisation = self.cleaned_data["organisation"]
        record.reason = self.cleaned_data["reason"]


class TermsForm(ModelMoveForm):
    """Period (years) and area (square metres); the record it moves is the version."""

    model = Version
    takes = ["first_year", "last_year", "area"]

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["area"].help_text = gettext(
            "The area of the project, if the agreement states it; it counts for what is material."
        )
        if record.amendment is None:  # the period of the first version is that of the proposal
            self.fields["first_year"].disabled = self.fields["last_year"].disabled = True
        elif record.amendment.base.first_year < first_open_year():
            self.fields["first_year"].disabled = True

    def clean(self):
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first and last and not first <= last < first + 20:
            self.add_error("last_year", gettext("Not before the first year, nor 20 years later."))
        elif last and last != self.record.last_year and last < first_open_year() - 1:
            self.add_error("last_year", gettext("Years that are closed stay in the period."))
        return super().clean()


class AmountsForm(GridForm):
    """The amounts (won) of one component; closed years are shown and not editable."""

    def __init__(self, *args, record, component, **options):
        super().__init__(*args, record=record, **options)
        self.component = component
        lines = list(record.schedule.filter(component=component))
        years = sorted({*record.years, *(line.fiscal_year for line in lines)})
        self.add_grid(years, lines)
        self.closed_years = [year for year in years if year < first_open_year()]
        for year in self.closed_years:
            for source in self.grid.sources:
                self.fields[f"won_{year}_{source.value}"].disabled = True

    def write_parts(self, record):
        owner = {"version": record, "component": self.component}
        write_lines(ScheduleLine, owner, self.amounts())


class LeadForm(MoveForm):
    """Name another lead ministry; the former one stays a participating ministry."""

    organisation = forms.ModelChoiceField(
        label=_("lead ministry"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        bodies = Organisation.objects.ministries().alive(clock.today()).named()
        leads = record.parties.filter(role=ROLES.LEAD_MINISTRY)
        self.fields["organisation"].queryset = bodies.exclude(
            pk__in=leads.values("organisation")
        ).order_by("pk")
        self.fields["organisation"].label_from_instance = full_name

    def write_parts(self, record):
        chosen = self.cleaned_data["organisation"]
        record.parties.filter(role=ROLES.LEAD_MINISTRY).update(role=ROLES.MINISTRY)
        party = record.parties.filter(organisation=chosen).first()
        if party is None:
            party = Party(version=record, organisation=chosen, position=0)
        party.role = ROLES.LEAD_MINISTRY
        party.save()


class HeirsForm(MoveForm):
    """Decide which heir of a divided ministry is responsible for each component.

    The chosen heirs replace the divided ministry among the parties.
    """

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.divided = divided_components(record, clock.today())
        decided = {heir.component_id: heir.organisation_id for heir in record.heirs.all()}
        for component, possible in self.divided:
            self.fields[f"heir_{component.pk}"] = forms.ModelChoiceField(
                label=component.title,
                queryset=Organisation.objects.filter(pk__in=[b.pk for b in possible]).named(),
                initial=decided.get(component.pk),
            )
        self.order_fields([name for name in self.fields if name != "note"] + ["note"])

    def write_parts(self, record):
        record.heirs.all().delete()
        for component, _possible in self.divided:
            chosen = self.cleaned_data[f"heir_{component.pk}"]
            record.heirs.create(component=component, organisation=chosen)
            self.replace_party(record, component.ministry, chosen)
        ended = {component.ministry_id for component, _possible in self.divided}
        record.parties.filter(organisation__in=ended).delete()

    def replace_party(self, record, before, chosen):
        former = record.parties.filter(organisation=before).first()
        role = former.role if former else ROLES.MINISTRY
        if role == ROLES.LEAD_MINISTRY:  # the first heir that is named leads
            former.role = ROLES.MINISTRY
            former.save()
        if not record.parties.filter(organisation=chosen).exists():
            position = former.position if former else record.parties.count()
            record.parties.create(organisation=chosen, role=role, position=position)
