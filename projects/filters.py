"""How lists are narrowed: one definition for the page and the API."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from . import (
    desk,
)
from .models import (
    Comment,
    Condition,
    Issue,
    Proposal,
    Review,
    Session,
)


class ProposalFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the title"))
    state = django_filters.ChoiceFilter(
        choices=Proposal.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Proposal
        fields = ["title", "state"]


class ReviewFilter(django_filters.FilterSet):
    mine = django_filters.ChoiceFilter(
        choices=desk.PILES, method="of_reader", label=_("mine"), widget=forms.HiddenInput
    )
    title = django_filters.CharFilter(
        "component__title", lookup_expr="icontains", label=_("words of the title")
    )
    state = django_filters.ChoiceFilter(
        choices=Review.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Review
        fields = ["title", "state"]

    def of_reader(self, rows, name, value):
        return desk.pile(value, rows, self.request.user)


class IssueFilter(django_filters.FilterSet):
    title = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the title"))
    state = django_filters.ChoiceFilter(
        choices=Issue.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Issue
        fields = ["title", "state"]


class SessionFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        choices=Session.Kind, label=_("kind"), empty_label=_("any kind")
    )
    state = django_filters.ChoiceFilter(
        choices=Session.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Session
        fields = ["kind", "state"]


class CommentFilter(django_filters.FilterSet):
    proposal = django_filters.NumberFilter("proposal_id")
    review = django_filters.NumberFilter("review_id")
    state = django_filters.ChoiceFilter(choices=Comment.State)

    class Meta:
        model = Comment
        fields = ["proposal", "review", "state"]


class ConditionFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(lookup_expr="icontains", label=_("words of the condition"))
    state = django_filters.ChoiceFilter(
        choices=Condition.State, label=_("state"), empty_label=_("any state")
    )

    class Meta:
        model = Condition
        fields = ["text", "state"]
