"""Terminations as JSON: prepared by one coordinator, decided by another."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField, as_number

from ..forms import TERMINATION_FORMS
from ..models import Termination, Version
from ..workflow import TERMINATION


class TerminationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Termination
        fields = [
            *("id", "state", "moves_made", "agreement", "organisation", "ground", "resolution"),
            *("resolved_on", "unspent", "reason", "due_on"),
        ]


class TerminationDetailSerializer(TerminationSerializer):
    moves = MovesField(TERMINATION)

    class Meta(TerminationSerializer.Meta):
        fields = [*TerminationSerializer.Meta.fields, "moves"]


class TerminationViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``decide`` is for another coordinator than the one who prepared it."""

    queryset = Termination.objects.none()
    workflow, forms = TERMINATION, TERMINATION_FORMS
    filterset_fields = ["state", "agreement"]

    def get_queryset(self):
        return Termination.objects.visible_to(self.request.user).for_list().order_by("-pk")

    def get_serializer_class(self):
        return TerminationSerializer if self.action == "list" else TerminationDetailSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Prepare a termination: ``agreement`` and the fields of the form."""
        rows = Version.objects.visible_to(request.user).select_related("agreement")
        counting = rows.filter(state__in=Version.COUNTING).order_by("-number")
        version = get_object_or_404(counting, agreement=as_number(request.data.get("agreement")))
        row = Termination(agreement=version.agreement, version=version)
        return self.make("prepare", row, status=201)
