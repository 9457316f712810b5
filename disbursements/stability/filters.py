"""Filters of the pages of stability."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from disbursements.ledger.filters import A_YEAR


class StabilityForm(forms.Form):
    """A fiscal year, and by what the lines of national funds are grouped."""

    BY = [
        ("agreement", _("agreement")),
        ("ministry", _("ministry")),
        ("province", _("province")),
    ]

    year = forms.IntegerField(**A_YEAR)
    by = forms.ChoiceField(label=_("by"), choices=BY)


class CutForm(forms.Form):
    """A hypothetical cut of one ministry's funds of a year, in percent."""

    ministry = forms.ModelChoiceField(
        label=_("ministry"), queryset=Organisation.objects.none(), empty_label=None
    )
    year = forms.IntegerField(**A_YEAR)
    percent = forms.IntegerField(label=_("cut in %"), min_value=1, max_value=100)

    def __init__(self, *args, payers, **options):
        super().__init__(*args, **options)
        self.fields["ministry"].queryset = payers
