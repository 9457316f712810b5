"""Filters of the list of issues, for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Issue


class IssueFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the title"))
    state = django_filters.ChoiceFilter(
        choices=Issue.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Issue
        fields = ["title", "state"]
