"""Conditions as JSON."""

from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField

from .filters import ConditionFilter
from .forms import CONDITION_FORMS
from .models import Condition
from .workflow import CONDITION


class ConditionSerializer(serializers.ModelSerializer):
    moves = MovesField(CONDITION)

    class Meta:
        model = Condition
        fields = [
            "id",
            "state",
            "moves_made",
            "proposal",
            "review",
            "text",
            "owner",
            "due_on",
            "first_due_on",
            "check_due_on",
            "answer",
            "paper",
            "moves",
        ]


class ConditionViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``fulfil`` takes ``answer`` and, if a paper proves it, the key of that ``paper``.

    ``redate`` takes ``due_on`` and ``note``; ``first_due_on`` is the day that was confirmed.
    """

    queryset = Condition.objects.none()
    serializer_class = ConditionSerializer
    workflow, forms = CONDITION, CONDITION_FORMS
    filterset_class = ConditionFilter

    def get_queryset(self):
        rows = Condition.objects.imposed().visible_to(self.request.user)
        return rows.for_page().order_by("due_on", "pk")
