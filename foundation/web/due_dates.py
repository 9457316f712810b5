"""Change a deadline: a move with a reason in the history, never an edit."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.engine.redating import refuse_day
from foundation.engine.workflow import NotNow
from foundation.time import clock

from .forms import DATE, MoveForm

DAYS = ("due_on", "held_on")  # keys of the deadline in a record's content


class RedateForm(MoveForm):
    """The form for the new deadline of a record, in its field ``day``; reminders follow it."""

    day = "due_on"
    label = _("new day")
    so_far = _("So far: %s. On a holiday it is the next working day.")
    refuse = staticmethod(refuse_day)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.before = getattr(record, self.day)
        field = forms.DateField(
            label=self.label,
            widget=DATE,
            help_text=self.so_far % self.before,
            validators=[self.check],
        )
        self.fields = {self.day: field} | self.fields

    def widen(self, records):
        """Many rows get one day; the old day of each is shown on its own page."""
        self.fields[self.day].help_text = ""

    def check(self, day):
        try:
            self.refuse(day, clock.today())
        except NotNow as reason:
            raise forms.ValidationError(str(reason)) from reason
        if day == self.before:
            raise forms.ValidationError(gettext("This is the day it has already."))


def days_of(event, events):
    """The deadline of the event before, if ``events`` hold it, and the one that ``event`` set."""
    earlier = [e for e in events if e.subject == event.subject and e.position < event.position]
    before = max(earlier, key=lambda e: e.position, default=None)
    return [day_in(each) for each in (before, event) if each and day_in(each)]


def day_in(event):
    return next(
        (date.fromisoformat(event.data[name]) for name in DAYS if event.data.get(name)), None
    )
