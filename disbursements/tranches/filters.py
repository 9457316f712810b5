"""The filter of the list of tranches, for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Tranche


class TrancheFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        choices=Tranche.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Tranche
        fields = ["state"]
