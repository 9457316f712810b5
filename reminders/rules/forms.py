"""The rules of reminders of one call, or of all: a form of all kinds, kept or only tried."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import PERMISSIONS
from foundation.time import clock
from projects.models import Call
from reminders.matters.escalation import rungs
from reminders.matters.kinds import KINDS
from reminders.matters.paths import ways_of
from reminders.matters.schedules import all_rules, schedule_of, usual

from .models import MOST_BEFORE, MOST_BETWEEN, MOST_STEPS, Rule, RuleChange

REMINDING = [kind for kind in KINDS if kind.reminds]
LOCK = "SELECT pg_advisory_xact_lock(hashtext('reminders.rules'))"
RIGHT = "projects.manage_call"
NOBODY = "-"  # how it is written that nobody else hears of what is late


class NumbersField(forms.CharField):
    """A few numbers of working days, as people write them: ``10, 3``."""

    least, steps = 0, MOST_STEPS

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **options)

    def clean(self, value):
        """The numbers as they stand there, or None if nothing was written."""
        words = super().clean(value).replace(",", " ").replace("−", "-").split()
        return self.numbers(words) if words else None

    def numbers(self, words):
        if any(not word.removeprefix("-").isdecimal() or not word.isascii() for word in words):
            self.refuse()
        days = [int(word) for word in words]
        if len(set(days)) > self.steps or not self.least <= min(days) <= max(days) <= MOST_BEFORE:
            self.refuse()
        return days

    def refuse(self):
        limits = {"steps": self.steps, "least": self.least, "most": MOST_BEFORE}
        raise ValidationError(self.error_messages["days"], code="days", params=limits)


class DaysField(NumbersField):
    """Working days before a day, most first; 0 is the day itself, which always is."""

    default_error_messages = {
        "days": _("Write up to %(steps)s numbers of working days from 0 to %(most)s, as in 10, 3."),
    }

    def numbers(self, words):
        return sorted(set(super().numbers(words)) - {0}, reverse=True)


class ClimbsField(NumbersField):
    """Working days late, one for each rung of a ladder, or that nobody else hears of it."""

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

    def numbers(self, words):
        days = [] if words == [NOBODY] else super().numbers(words)
        if days != sorted(set(days)):
            self.refuse()
        return days


class RulesForm(forms.Form):
    """Of each kind the days before, the days between and the days of its ladder.

    What is left empty is as by default. Without a call: of all that have no rule of their own.
    """

    def __init__(self, *args, call, actor, **options):
        super().__init__(*args, **options)
        self.call, self.actor, self.rules = call, actor, all_rules()
        self.own = {rule.kind: rule for rule in self.rules if rule.call_id == self.key}
        others = [rule for rule in self.rules if rule.call_id is None and call]
        kinds = (kind for kind in REMINDING if not call or ways_of(kind).call)
        self.lines = [self.line(kind, self.own.get(kind.name), others) for kind in kinds]

    @property
    def key(self):
        return self.call.pk if self.call else None

    def line(self, kind, rule, others):
        """The fields of a kind, and what holds where they are left empty."""
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
        if kind.ladder:
            line |= {"climbs": self.climbs(kind, rule), "ladder": ladder_of(kind, default)}
        return line

    def climbs(self, kind, rule):
        name = f"climbs_{kind.name}"
        own = rule and rule.climbs is not None
        self.fields[name] = ClimbsField(
            label=_("Climbs after … working days"),
            steps=len(kind.ladder),
            initial=(", ".join(map(str, rule.climbs)) or NOBODY) if own else "",
        )
        return self[name]

    @property
    def problems(self):
        """The errors with the kind and the field at which they stand."""
        for line in self.lines:
            for part in ("before", "every", "climbs"):
                for error in line[part].errors if part in line else ():
                    yield line["kind"], line[part], error

    def wanted(self):
        """The rules that were entered; what is left empty beside another is as by default."""
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

    def tried(self):
        """All rules, as they would be if what was entered were kept."""
        return [rule for rule in self.rules if rule.call_id != self.key] + self.wanted()

    @transaction.atomic
    def save(self):
        """Keep what was entered; a rule that stays as it was keeps who made it."""
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
        wanted = {rule.kind: rule for rule in self.wanted()}
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
        """Who changed which rule from what to what."""
        changes = [
            RuleChange(call=self.call, kind=name, changed_by=self.actor)
            for name in sorted({*kept, *wanted} - {*same})
        ]
        for change in changes:
            was, now = kept.get(change.kind), wanted.get(change.kind)
            change.was, change.now = was and was.terms, now and now.terms
        RuleChange.objects.bulk_create(changes)


def ladder_of(kind, schedule):
    """After how many days which roles hear of what is late, in words."""
    steps = [
        f"{late} → {', '.join(str(Role(role).label) for role in roles_of(rung.permission))}"
        for _rank, late, rung in rungs(kind.ladder, schedule.climbs)
    ]
    return "; ".join(steps) or NOBODY


def roles_of(permission):
    return sorted({role for right in PERMISSIONS[permission] for role in right.roles})


def call_of(user, pk):
    """The call whose rules ``user`` may change; None: those of all calls."""
    call = get_object_or_404(Call.objects.visible_to(user), pk=pk) if pk else None
    if not (user.has_perm(RIGHT, call) if call else user.may_somewhere(RIGHT)):
        raise PermissionDenied
    return call
