"""Filters for lines of money, for the page and the API."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation

from .models import Appropriation


class AppropriationFilter(django_filters.FilterSet):
    class Meta:
        model = Appropriation
        fields = ["agreement", "component", "fiscal_year", "source"]


A_YEAR = {"label": _("fiscal year"), "min_value": 2000, "max_value": 2100}


class YearForm(forms.Form):
    """An organisation, as payer or recipient, and a fiscal year."""

    organisation = forms.ModelChoiceField(
        label=_("organisation"), queryset=Organisation.objects.none(), empty_label=None
    )
    year = forms.IntegerField(**A_YEAR)

    def __init__(self, *args, bodies, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = bodies
