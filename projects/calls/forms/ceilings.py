"""The form of a ceiling."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.engine.workflow import NotNow
from foundation.time import clock
from foundation.web.forms import MoveForm, WonField

from ..models import Ceiling


class CeilingForm(MoveForm):
    """National funds of a ministry in a year; only the amount of an existing ceiling can change."""

    ministry = forms.ModelChoiceField(label=_("ministry"), queryset=Organisation.objects.none())
    fiscal_year = forms.IntegerField(label=_("fiscal year"), min_value=2000, max_value=2100)
    won = WonField(label=_("national funds in won"), required=False, help_text=_("0 means none."))

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        ministries = Organisation.objects.ministries().alive(clock.today()).named().order_by("pk")
        self.fields["ministry"].queryset = ministries
        self.fields["fiscal_year"].initial = clock.today().year
        self.fields["won"].initial = record.won
        if record.pk:
            del self.fields["ministry"], self.fields["fiscal_year"]

    def clean(self):
        ministry, year = self.cleaned_data.get("ministry"), self.cleaned_data.get("fiscal_year")
        if (
            ministry
            and year
            and Ceiling.objects.filter(ministry=ministry, fiscal_year=year).exists()
        ):
            self.add_error("fiscal_year", gettext("This ministry has a ceiling for that year."))
        return super().clean()

    def write(self, record):
        if ministry := self.cleaned_data.get("ministry"):
            Organisation.objects.select_for_update().get(pk=ministry.pk)  # one at a time
            year = self.cleaned_data["fiscal_year"]
            if Ceiling.objects.filter(ministry=ministry, fiscal_year=year).exists():
                raise NotNow(gettext("This ministry has a ceiling for that year."))
        for name in ("ministry", "fiscal_year", "won"):
            if name in self.cleaned_data:
                setattr(record, name, self.cleaned_data[name])
