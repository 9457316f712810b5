"""Filters of the list of conditions, for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Condition


class ConditionFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the condition"))
    state = django_filters.ChoiceFilter(
        choices=Condition.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Condition
        fields = ["text", "state"]
