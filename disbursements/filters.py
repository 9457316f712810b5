"""How lists of tranches and lines are narrowed: one definition for the page and the API."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation

from .models import Appropriation, Tranche


class TrancheFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        choices=Tranche.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Tranche
        fields = ["state"]


class AppropriationFilter(django_filters.FilterSet):
    class Meta:
        model = Appropriation
        fields = ["agreement", "component", "fiscal_year", "source"]


A_YEAR = {"label": _("fiscal year"), "min_value": 2000, "max_value": 2100}


class GapForm(forms.Form):
    """Which year's gaps, and whether those that are resolved are shown too."""

    SHOWN = [("open", pgettext_lazy("gap", "open")), ("all", _("with those resolved"))]

    year = forms.IntegerField(**A_YEAR)
    shown = forms.ChoiceField(label=_("gaps"), choices=SHOWN)


class YearForm(forms.Form):
    """Whose year: a payer's or a recipient's."""

    organisation = forms.ModelChoiceField(
        label=_("organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    year = forms.IntegerField(**A_YEAR)

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies


class StabilityForm(forms.Form):
    """Which year, and by what the lines of national funds are put together."""

    BY = [
        ("agreement", _("agreement")),
        ("ministry", _("ministry")),
        ("province", _("province")),
    ]

    year = forms.IntegerField(**A_YEAR)
    by = forms.ChoiceField(label=_("by"), choices=BY)


class CutForm(forms.Form):
    """A cut of one ministry's year that has not happened."""

    ministry = forms.ModelChoiceField(
        label=_("ministry"), queryset=Organisation.objects.none(), empty_label=None
    )
    year = forms.IntegerField(**A_YEAR)
    percent = forms.IntegerField(label=_("cut in %"), min_value=1, max_value=100)

    def __init__(self, *args, payers, **options):
        super().__init__(*args, **options)
        self.fields["ministry"].queryset = payers
