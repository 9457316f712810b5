"""Filters of the list of reviews, for the page and the API."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from . import queue
from .models import Review


class ReviewFilter(django_filters.FilterSet):
    mine = django_filters.ChoiceFilter(
        choices=queue.QUEUES, method="of_reader", label=_("mine"), widget=forms.HiddenInput
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
        return queue.in_queue(value, rows, self.request.user)
