"""Forms of coordinators for plans and designated areas."""

from django import forms
from django.db.models import ProtectedError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.engine.workflow import NotNow
from foundation.time import clock
from foundation.web.forms import DATE, ModelMoveForm, MoveForm
from foundation.web.row_forms import RowForm, RowSet, WithRows, write_rows

from .models import Area, Goal, Plan, Standard

MODES = [("", "–"), *Standard.Mode.choices]


class GoalRow(RowForm):
    title_ko = forms.CharField(label=_("goal in Korean"), max_length=200)
    title_en = forms.CharField(label=_("goal in English"), max_length=200)


class StandardRow(RowForm):
    facility_ko = forms.CharField(label=_("facility in Korean"), max_length=100)
    facility_en = forms.CharField(label=_("facility in English"), max_length=100)
    mode = forms.ChoiceField(label=_("mode of travel"), choices=MODES)
    minutes = forms.IntegerField(label=_("most minutes"), min_value=1, max_value=600)


class PlanForm(WithRows, ModelMoveForm):
    """A plan with its goals and the standards it sets."""

    model = Plan
    takes = [
        "kind",
        "title_ko",
        "title_en",
        "issuer",
        "parent",
        "first_year",
        "last_year",
        "source",
    ]
    row_sets = {
        "goals": RowSet(GoalRow, _("Goals"), _("goal"), once=("title_ko",)),
        "standards": RowSet(
            StandardRow,
            _("Minimum standards"),
            _("minimum standard"),
            once=("facility_ko", "mode"),
            help=_("How near an everyday facility shall be: minutes of travel."),
        ),
    }

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        bodies = Organisation.objects.alive(clock.today()).with_parents().order_by("-kind", "pk")
        self.fields["issuer"].queryset = bodies
        self.fields["issuer"].label_from_instance = full_name
        above = Plan.objects.exclude(pk=record.pk).order_by("kind", "-first_year", "pk")
        self.fields["parent"].queryset = above

    def clean(self):
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first is not None and not 1950 <= first <= 2150:
            self.add_error("first_year", gettext("Write a year, as in 2027."))
        elif first and last is not None and not first <= last < first + 50:
            self.add_error("last_year", gettext("A plan lasts at most 50 years."))
        if is_above(self.record, self.cleaned_data.get("parent")):
            self.add_error("parent", gettext("That plan is below this one already."))
        return super().clean()

    def stored_rows(self, name, record):
        model = {"goals": Goal, "standards": Standard}[name]
        fields = list(self.row_sets[name].form.base_fields)
        return list(model.objects.filter(plan=record.pk).order_by("pk").values(*fields))

    def write_parts(self, record):
        try:
            write_rows(Goal, {"plan": record}, self.rows("goals"))
            write_rows(Standard, {"plan": record}, self.rows("standards"))
        except ProtectedError as cited:
            names = ", ".join(sorted({str(row) for row in taken_out(cited)}))
            raise NotNow(gettext("Components cite it, so it stays: %s.") % names) from cited


def taken_out(error):
    """The goals and standards that cannot be deleted because components cite them."""
    for row in error.protected_objects:
        yield getattr(row, "goal", None) or row.standard


def is_above(plan, other):
    """Whether ``plan`` is above ``other``, so that ``other`` cannot be its parent."""
    seen = set()
    while other is not None and other.pk not in seen:
        if plan.pk is not None and other.pk == plan.pk:
            return True
        seen.add(other.pk)
        other = other.parent
    return False


def full_name(organisation):
    return organisation.full_name_on(clock.today())


class SupersedeForm(MoveForm):
    successor = forms.ModelChoiceField(label=_("superseded by"), queryset=Plan.objects.none())

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        others = Plan.objects.filter(kind=record.kind, state=Plan.State.IN_FORCE)
        self.fields["successor"].queryset = others.exclude(pk=record.pk).order_by("-first_year")

    def write(self, record):
        record.successor = self.cleaned_data["successor"]


class AreaForm(ModelMoveForm):
    model = Area
    takes = ["kind", "region", "since", "until", "basis"]
    widgets = {"since": DATE, "until": DATE}

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        regions = Organisation.objects.local().alive(clock.today()).with_parents()
        self.fields["region"].queryset = regions.order_by("-kind", "pk")
        self.fields["region"].label_from_instance = full_name

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("It cannot end before it begins."))
        return super().clean()


class EndForm(MoveForm):
    until = forms.DateField(label=_("until"), widget=DATE)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < self.record.since:
            raise forms.ValidationError(gettext("It cannot end before it begins."))
        return until

    def write(self, record):
        record.until = self.cleaned_data["until"]


PLAN_FORMS = {"enter": PlanForm, "revise": PlanForm, "supersede": SupersedeForm}
AREA_FORMS = {"designate": AreaForm, "revise": AreaForm, "end": EndForm}
