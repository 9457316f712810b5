"""Measures of stability as JSON."""

from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from disbursements.ledger.api import YEAR
from foundation.time import clock

from .filters import StabilityForm
from .measures import HEADS, lines_of, measured

BY = OpenApiParameter("by", str, enum=["agreement", "ministry", "province"])


class StabilityViewSet(viewsets.ViewSet):
    """Measures of stability of a year (docs/stability.md), by agreement, ministry or province."""

    permission_classes = [IsAuthenticated]

    @extend_schema(parameters=[YEAR, BY], responses=OpenApiTypes.OBJECT)
    def list(self, request):
        """``year`` and ``by`` (``agreement``, ``ministry``, ``province``); amounts in won."""
        today = clock.today()
        form = StabilityForm({"year": today.year, "by": "agreement"} | request.GET.dict())
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        lines = lines_of(request.user, form.cleaned_data["year"]).order_by("pk")
        groups, everything = measured(lines, today, HEADS[form.cleaned_data["by"]])
        rows = sorted(groups.items(), key=lambda row: (-row[1].promised, str(row[0].pk)))
        found = [{"id": head.pk, "name": str(head), **measures(one)} for head, one in rows]
        return Response({"results": found, "all": measures(everything)})


def measures(one):
    names = ("promised", "appropriated", "paid", "executed", "share_kept", "days", "index")
    return {name: getattr(one, name) for name in names}
