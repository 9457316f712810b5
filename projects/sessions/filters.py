"""Filters of the list of sessions, for the page and the API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from .models import Session


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
