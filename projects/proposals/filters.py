"""Filters of the list of proposals, for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Proposal


class ProposalFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the title"))
    state = django_filters.ChoiceFilter(
        choices=Proposal.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Proposal
        fields = ["title", "state"]
