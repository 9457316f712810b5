"""The rules of reminders of one call: a form of all kinds, kept or only tried."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation import clock
from projects.models import Call

from .deadlines import KINDS
from .models import MOST_BEFORE, MOST_BETWEEN, MOST_STEPS, Rule
from .schedules import all_rules, schedule_of, usual

REMINDING = [kind for kind in KINDS if kind.reminds]


class DaysField(forms.CharField):
    """Working days before a day, as people write them: ``10, 3``; 0 is the day, which always is."""

    default_error_messages = {
        "days": _("Write up to %(steps)s numbers of working days from 0 to %(most)s, as in 10, 3."),
    }

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **options)

    def clean(self, value):
        """The days, most first, or None if nothing was written."""
        words = super().clean(value).replace(",", " ").split()
        days = {int(word) for word in words if word.isascii() and word.isdigit()}
        odd = any(not (word.isascii() and word.isdigit()) for word in words)
        if odd or len(days) > MOST_STEPS or max(days, default=0) > MOST_BEFORE:
            limits = {"steps": MOST_STEPS, "most": MOST_BEFORE}
            raise ValidationError(self.error_messages["days"], code="days", params=limits)
        return sorted(days - {0}, reverse=True) if words else None


class RulesForm(forms.Form):
    """Of each kind the days before and the days between; both empty: as by default."""

    def __init__(self, *args, call, actor, **options):
        super().__init__(*args, **options)
        self.call, self.actor, self.rules = call, actor, all_rules()
        own = {rule.kind: rule for rule in self.rules if rule.call_id == call.pk}
        self.lines = [self.line(kind, own.get(kind.name)) for kind in REMINDING]

    def line(self, kind, rule):
        """The two fields of a kind, and what holds where they are left empty."""
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
        return {"kind": kind, "before": self[before], "every": self[every],
                "usual": usual(kind, self.rules)}  # fmt: skip

    def wanted(self):
        """The rules that were entered; what is left empty beside another is as by default."""
        data, found = self.cleaned_data, []
        for line in self.lines:
            name, default = line["kind"].name, line["usual"]
            before, every = data[f"before_{name}"], data[f"every_{name}"]
            if before is None and every is None:
                continue
            rule = Rule(call=self.call, kind=name, changed_by=self.actor)
            rule.before = list(default.before) if before is None else before
            rule.every = default.every if every is None else every
            found.append(rule)
        return found

    def tried(self):
        """All rules, as they would be if what was entered were kept."""
        return [rule for rule in self.rules if rule.call_id != self.call.pk] + self.wanted()

    @transaction.atomic
    def save(self):
        """Keep what was entered; a rule that stays as it was keeps who made it."""
        Call.objects.select_for_update().get(pk=self.call.pk)
        wanted = {rule.kind: rule for rule in self.wanted()}
        kept = Rule.objects.filter(call=self.call)
        same = {
            rule.kind: rule
            for rule in kept.order_by("pk")
            if rule.kind in wanted and schedule_of(rule) == schedule_of(wanted[rule.kind])
        }
        Rule.objects.filter(call=self.call).exclude(kind__in=same).delete()
        new = [rule for name, rule in wanted.items() if name not in same]
        for rule in new:
            rule.changed_at = clock.now()
        Rule.objects.bulk_create(new)
