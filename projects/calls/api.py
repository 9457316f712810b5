"""Calls and ceilings as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField

from .forms import CALL_FORMS, CEILING_FORMS
from .models import Call, Ceiling
from .workflow import CALL, CEILING


class CallSerializer(serializers.ModelSerializer):
    class Meta:
        model = Call
        fields = ["id", "state", "moves_made", *Call.TERMS]


class CallViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Call.objects.none()
    serializer_class = CallSerializer
    workflow, forms = CALL, CALL_FORMS

    def get_queryset(self):
        return Call.objects.visible_to(self.request.user).order_by("-opens_on", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        return self.make("prepare", Call(), status=201)


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
