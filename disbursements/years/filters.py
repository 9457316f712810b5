"""The filter of the list of gaps."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from disbursements.ledger.filters import A_YEAR


class GapForm(forms.Form):
    """Which year's gaps, and whether those that are resolved are shown too."""

    SHOWN = [("open", pgettext_lazy("gap", "open")), ("all", _("with those resolved"))]

    year = forms.IntegerField(**A_YEAR)
    shown = forms.ChoiceField(label=_("gaps"), choices=SHOWN)
