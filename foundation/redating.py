"""Another day for what is due: a move with its reason on the record, and never an edit."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import clock
from .forms import DATE, MoveForm

AHEAD = timedelta(days=366)  # nobody sets a day further away by one act


class RedateForm(MoveForm):
    """The new day of a record with ``due_on``; reminders follow it."""

    due_on = forms.DateField(label=_("new day"), widget=DATE)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        now = gettext("So far: %s. On a holiday it is the next working day.") % record.due_on
        self.fields["due_on"].help_text = now

    def widen(self, records):
        """Many rows get one day; what each had so far stands on its own page."""
        self.fields["due_on"].help_text = ""

    def clean_due_on(self):
        day, today = self.cleaned_data["due_on"], clock.today()
        if day < today:
            raise forms.ValidationError(gettext("Choose today or a later day."))
        if day > today + AHEAD:
            raise forms.ValidationError(gettext("Choose a day within a year from today."))
        if day == self.record.due_on:
            raise forms.ValidationError(gettext("This is the day it has already."))
        return day

    def write(self, record):
        record.due_on = self.cleaned_data["due_on"]
