"""Filters of the lists of plans and areas, the same for page and API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Area, AreaKind, Plan


class PlanFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(
        "title_ko", lookup_expr="icontains", label=_("words of the title")
    )
    kind = django_filters.ChoiceFilter(
        choices=Plan.Kind, label=_("kind"), empty_label=_("any kind")
    )

    class Meta:
        model = Plan
        fields = ["title", "kind"]


class AreaFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=AreaKind, label=_("kind"), empty_label=_("any kind"))

    class Meta:
        model = Area
        fields = ["kind"]
