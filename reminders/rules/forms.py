"""Form of the reminder rules of one call or of all calls: saved, or only previewed."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import PERMISSIONS
from foundation.time import clock
from projects.models import Call
from reminders.matters.escalation import levels
from reminders.matters.kinds import KINDS
from reminders.matters.paths import ways_of
from reminders.matters.schedules import all_rules, schedule_of, usual

from .models import MOST_BEFORE, MOST_BETWEEN, MOST_STEPS, Rule, RuleChange

REMINDING = [kind for kind in KINDS if kind.reminds]
LOCK = "SELECT pg_advisory_xact_lock(hashtext('reminders.rules'))"
PERMISSION = "projects.manage_call"
NOBODY = "-"  # entered to escalate overdue matters to nobody


class NumbersField(forms.CharField):
    """A list of numbers of working days, entered as ``10, 3``."""

    least, steps = 0, MOST_STEPS

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **options)

    def clean(self, value):
        """The entered numbers, or None if the field is empty."""
        words = super().clean(value).replace(",", " ").replace("−", "-").split()
        return self.parse(words) if words else None

    def parse(self, words):
        if any(not word.removeprefix("-").isdecimal() or not word.isascii() for word in words):
            self.reject()
        days = [int(word) for word in words]
        if len(set(days)) > self.steps or not self.least <= min(days) <= max(days) <= MOST_BEFORE:
            self.reject()
        return days

    def reject(self):
        limits = {"steps": self.steps, "least": self.least, "most": MOST_BEFORE}
        raise ValidationError(self.error_messages["days"], code="days", params=limits)


class DaysField(NumbersField):
    """Working days before the due day, most first; 0, the due day itself, always applies."""

    default_error_messages = {
        "days": _("Write up to %(steps)s numbers of working days from 0 to %(most)s, as in 10, 3."),
    }

    def parse(self, words):
        return sorted(set(super().parse(words)) - {0}, reverse=True)


class ClimbsField(NumbersField):
    """Working days late, one for each escalation level, or “-” for nobody."""

    default_error_messages = {
        "days": _(
            "Write up to %(steps)s numbers of working days from %(least)s to %(most)s, each greater"
            " than the one before it, or “-” for nobody."
        ),
    }
    least = -MOST_BEFORE

    def __init__(self, *, steps, **options):
        self.steps = steps
        super().__init__(**options)

    def parse(self, words):
        days = [] if words == [NOBODY] else super().parse(words)
        if days != sorted(set(days)):
            self.reject()
        return days


class RulesForm(forms.Form):
    """For each kind the days before, the days between and the days of its escalation.

    An empty field has its default. Without a call: the rules for all calls without their own.
    """

    def __init__(self, *args, call, actor, **options):
        super().__init__(*args, **options)
        self.call, self.actor, self.rules = call, actor, all_rules()
        self.own = {rule.kind: rule for rule in self.rules if rule.call_id == self.key}
        others = [rule for rule in self.rules if rule.call_id is None and call]
        kinds = (kind for kind in REMINDING if not call or ways_of(kind).call)
        self.lines = [self.add_line(kind, self.own.get(kind.name), others) for kind in kinds]

    @property
    def key(self):
        return self.call.pk if self.call else None

    def add_line(self, kind, rule, others):
        """Add the fields of a kind; returns them with the defaults of empty fields."""
        before, every = f"before_{kind.name}", f"every_{kind.name}"
        days = ", ".join(map(str, rule.before or [0])) if rule else ""
        self.fields[before] = DaysField(label=_("Working days before"), initial=days)
        self.fields[every] = forms.IntegerField(
            label=_("Then every … working days"),
            required=False,
            min_value=0,
            max_value=MOST_BETWEEN,
            initial=rule and rule.every,
        )
        default = usual(kind, others)
        line = {"kind": kind, "before": self[before], "every": self[every], "usual": default}
        if kind.escalation:
            line["climbs"] = self.add_escalation(kind, rule)
            line["escalation"] = escalation_text(kind, default)
        return line

    def add_escalation(self, kind, rule):
        name = f"climbs_{kind.name}"
        own = rule and rule.climbs is not None
        self.fields[name] = ClimbsField(
            label=_("Climbs after … working days"),
            steps=len(kind.escalation),
            initial=(", ".join(map(str, rule.climbs)) or NOBODY) if own else "",
        )
        return self[name]

    @property
    def field_errors(self):
        """The errors, each with its kind and its field."""
        for line in self.lines:
            for part in ("before", "every", "climbs"):
                for error in line[part].errors if part in line else ():
                    yield line["kind"], line[part], error

    def entered_rules(self):
        """The entered rules, unsaved; empty fields of a rule have their defaults."""
        data, found = self.cleaned_data, []
        for line in self.lines:
            name, default = line["kind"].name, line["usual"]
            before, every = data[f"before_{name}"], data[f"every_{name}"]
            climbs = data.get(f"climbs_{name}")
            if before is None and every is None and climbs is None:
                continue
            rule = Rule(call=self.call, kind=name, changed_by=self.actor, climbs=climbs)
            rule.before = list(default.before) if before is None else before
            rule.every = default.every if every is None else every
            found.append(rule)
        return found

    def rules_if_saved(self):
        """All rules, as they would be if the entered ones were saved."""
        return [rule for rule in self.rules if rule.call_id != self.key] + self.entered_rules()

    @transaction.atomic
    def save(self):
        """Save the entered rules; an unchanged rule keeps the person who made it."""
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        wanted = {rule.kind: rule for rule in self.entered_rules()}
        kept = Rule.objects.filter(call=self.call)
        same = {
            rule.kind: rule
            for rule in kept.order_by("pk")
            if rule.kind in wanted and schedule_of(rule) == schedule_of(wanted[rule.kind])
        }
        self.write_changes({rule.kind: rule for rule in kept}, wanted, same)
        Rule.objects.filter(call=self.call).exclude(kind__in=same).delete()
        new = [rule for name, rule in wanted.items() if name not in same]
        for rule in new:
            rule.changed_at = clock.now()
        Rule.objects.bulk_create(new)

    def write_changes(self, kept, wanted, same):
        """Record who changed which rule from what to what."""
        changes = [
            RuleChange(call=self.call, kind=name, changed_by=self.actor)
            for name in sorted({*kept, *wanted} - {*same})
        ]
        for change in changes:
            was, now = kept.get(change.kind), wanted.get(change.kind)
            change.was, change.now = was and was.terms, now and now.terms
        RuleChange.objects.bulk_create(changes)


def escalation_text(kind, schedule):
    """Text of the escalation: after how many working days late which roles are reminded."""
    steps = [
        f"{late} → {', '.join(str(Role(role).label) for role in roles_with(level.permission))}"
        for _rank, late, level in levels(kind.escalation, schedule.climbs)
    ]
    return "; ".join(steps) or NOBODY


def roles_with(permission):
    return sorted({role for right in PERMISSIONS[permission] for role in right.roles})


def call_for_rules(user, pk):
    """The call whose rules ``user`` may change, None for the rules of all calls.

    Raises Http404 if they may not see the call, PermissionDenied if they may not change its rules.
    """
    call = get_object_or_404(Call.objects.visible_to(user), pk=pk) if pk else None
    if not (user.has_perm(PERMISSION, call) if call else user.may_somewhere(PERMISSION)):
        raise PermissionDenied
    return call
