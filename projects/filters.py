"""How lists are narrowed: one definition for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Condition, Proposal, Review


class ProposalFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the title"))
    state = django_filters.ChoiceFilter(
        choices=Proposal.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Proposal
        fields = ["title", "state"]


class ReviewFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(
        "component__title", lookup_expr="icontains", label=_("words of the title")
    )
    state = django_filters.ChoiceFilter(
        choices=Review.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Review
        fields = ["title", "state"]


class ConditionFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the condition"))
    state = django_filters.ChoiceFilter(
        choices=Condition.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Condition
        fields = ["text", "state"]
