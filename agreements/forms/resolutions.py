"""What coordinators send about the resolution of the committee."""

from django import forms
from django.utils.translation import gettext

from foundation import clock
from foundation.forms import DATE, ModelMoveForm

from ..models import Version


class ResolveForm(ModelMoveForm):
    """The committee's resolution: its number and its day."""

    model = Version
    takes = ["resolution", "resolved_on"]
    widgets = {"resolved_on": DATE}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in self.takes:
            self.fields[name].required = True

    def clean_resolved_on(self):
        day = self.cleaned_data["resolved_on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("The day of the resolution cannot lie ahead."))
        return day
