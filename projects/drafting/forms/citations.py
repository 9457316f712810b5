"""The form of the plans that a component cites."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.time import clock
from foundation.web.part_forms import PartForm
from foundation.web.row_forms import RowForm, RowSet, WithRows, write_rows
from plans.models import Goal, Plan, Standard
from projects.proposals.models import Component, FacilityAccess


class AccessRow(RowForm):
    standard_id = forms.TypedChoiceField(label=_("minimum standard"), coerce=int)
    minutes_before = forms.IntegerField(label=_("minutes before"), min_value=0, max_value=600)
    minutes_after = forms.IntegerField(label=_("minutes after"), min_value=0, max_value=600)

    def __init__(self, *args, standards, **options):
        super().__init__(*args, **options)
        self.fields["standard_id"].choices = standards


class CitationForm(WithRows, PartForm):
    """The goals that a component serves and, for a facility, travel times in minutes."""

    goals = forms.MultipleChoiceField(
        label=_("goals it serves"), required=False, widget=forms.CheckboxSelectMultiple
    )
    row_sets = {
        "access": RowSet(
            AccessRow,
            _("Travel times"),
            _("travel time"),
            once=("standard_id",),
            help=_("Where a facility is built: minutes of travel before and after."),
        )
    }

    def __init__(self, *args, record, component, **options):
        self.component = component
        super().__init__(*args, record=record, **options)
        self.fields["goals"].choices = goal_choices(record, component)
        self.fields["goals"].initial = [str(pk) for pk in self.stored(record)["goals"]]

    def row_options(self, name):
        return {"standards": standard_choices()}

    def stored_rows(self, name, record):
        rows = FacilityAccess.objects.filter(component=self.component).order_by("pk")
        return list(rows.values("id", "standard_id", "minutes_before", "minutes_after"))

    def stored(self, record):
        goals = self.component.citations.values_list("goal_id", flat=True)
        return {"goals": sorted(goals), "access": plain(self.stored_rows("access", record))}

    def entered(self):
        goals = sorted(int(pk) for pk in self.cleaned_data["goals"])
        return {"goals": goals, "access": plain(self.rows("access"))}

    def words(self, values):
        goals = Goal.objects.in_bulk(values["goals"])
        standards = Standard.objects.in_bulk([row[0] for row in values["access"]])
        times = [f"{standards[key]}: {before} → {after}" for key, before, after in values["access"]]
        return {
            self.fields["goals"].label: "\n".join(str(goals[pk]) for pk in values["goals"]),
            self.row_sets["access"].label: "\n".join(times),
        }

    def write_parts(self, record):
        component = Component.objects.get(pk=self.component.pk)
        component.goals.set(self.entered()["goals"])
        write_rows(FacilityAccess, {"component": component}, self.rows("access"))


def plain(rows):
    return sorted([r["standard_id"], r["minutes_before"], r["minutes_after"]] for r in rows)


def goal_choices(proposal, component):
    """Choices of goals by plan: national plans, those of the province and of the applicant.

    Only plans in force, and those that are cited already.
    """
    applicant = proposal.applicant
    spell = applicant.spell_on(clock.today())
    regions = {applicant.pk, spell.parent_id if spell else None}
    regions |= set(proposal.partners.values_list("pk", flat=True))
    fitting = Q(state=Plan.State.IN_FORCE) & (
        Q(issuer__in=regions - {None}) | Q(kind__in=[Plan.Kind.BALANCED, Plan.Kind.TERRITORIAL])
    )
    plans = Plan.objects.filter(fitting | Q(goals__citations__component=component)).distinct()
    rows = plans.prefetch_related("goals").order_by("kind", "-first_year", "pk")
    return [
        (f"{plan} ({plan.first_year}–{plan.last_year})", [(goal.pk, str(goal)) for goal in goals])
        for plan in rows
        if (goals := sorted(plan.goals.all(), key=lambda goal: goal.pk))
    ]


def standard_choices():
    standards = Standard.objects.filter(plan__state=Plan.State.IN_FORCE).order_by("pk")
    return [("", "–"), *((s.pk, f"{s} · {s.get_mode_display()} · {s.minutes}") for s in standards)]
