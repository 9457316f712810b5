"""The form with which a coordinator prepares a termination."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Kind, Organisation
from foundation.time import clock
from foundation.web.forms import DATE, ModelMoveForm

from ..models import Termination


class TerminationForm(ModelMoveForm):
    """By whom, on which ground and resolution, and what happens to unspent money."""

    model = Termination
    takes = [*Termination.FIELDS, "reason"]
    widgets = {"resolved_on": DATE, "reason": forms.Textarea(attrs={"rows": 6})}

    organisation = forms.ModelChoiceField(
        label=_("terminated by"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        parties = Organisation.objects.filter(
            pk__in=record.version.parties.staying().values("organisation")
        )
        bodies = parties | Organisation.objects.filter(kind=Kind.COORDINATION)
        self.fields["organisation"].queryset = bodies.distinct().named().order_by("pk")
        self.fields["reason"].max_length = 4000

    def clean_resolved_on(self):
        day = self.cleaned_data["resolved_on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("The day of the resolution cannot lie ahead."))
        return day
