"""Ceilings as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField

from ..forms import CEILING_FORMS
from ..models import Ceiling
from ..workflow import CEILING


class CeilingSerializer(serializers.ModelSerializer):
    moves = MovesField(CEILING)

    class Meta:
        model = Ceiling
        fields = ["id", "state", "moves_made", "ministry", "fiscal_year", "won", "moves"]


class CeilingViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Ceiling.objects.none()
    serializer_class = CeilingSerializer
    workflow, forms = CEILING, CEILING_FORMS

    def get_queryset(self):
        rows = Ceiling.objects.visible_to(self.request.user)
        return rows.order_by("-fiscal_year", "ministry")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Set a ceiling: ``ministry``, ``fiscal_year``, ``won``."""
        return self.make("set", Ceiling(), status=201)
