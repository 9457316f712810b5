"""Filters of lists of agreements, for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Agreement, Version


class AgreementFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the title"))
    state = django_filters.ChoiceFilter(
        "versions__state",
        choices=Version.State,
        label=_("state"),
        empty_label=_("any state"),
        distinct=True,
    )

    class Meta:
        model = Agreement
        fields = ["title", "state"]
