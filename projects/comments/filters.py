"""Filters of comments in the API."""

import django_filters

from .models import Comment


class CommentFilter(django_filters.FilterSet):
    proposal = django_filters.NumberFilter("proposal_id")
    review = django_filters.NumberFilter("review_id")
    state = django_filters.ChoiceFilter(choices=Comment.State)

    class Meta:
        model = Comment
        fields = ["proposal", "review", "state"]
