"""Carry-overs, settlements and gap resolutions as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from disbursements.ledger.api import line_of
from foundation.web.api import MoveAPI, MovesField

from .forms import CARRY_FORMS, GAP_FORMS, SETTLEMENT_FORMS
from .models import CarryOver, GapResolution, Settlement
from .workflow import CARRY_OVER, GAP_RESOLUTION, SETTLEMENT


class CarryOverSerializer(serializers.ModelSerializer):
    moves = MovesField(CARRY_OVER)

    class Meta:
        model = CarryOver
        fields = [
            "id",
            "state",
            "moves_made",
            "appropriation",
            "kind",
            "account",
            "won",
            "reason",
            "approval",
            "due_on",
            "moves",
        ]


class CarryOverViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``approve`` takes an Idempotency-Key and writes both years; ``refuse`` takes a ``note``."""

    queryset = CarryOver.objects.none()
    serializer_class = CarryOverSerializer
    workflow, forms = CARRY_OVER, CARRY_FORMS

    def get_queryset(self):
        return CarryOver.objects.visible_to(self.request.user).for_list().order_by("-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Request it: ``appropriation`` and the fields of the form, as ``kind`` and ``won``."""
        return self.make("request", CarryOver(appropriation=line_of(request)), status=201)


class GapResolutionSerializer(serializers.ModelSerializer):
    moves = MovesField(GAP_RESOLUTION)

    class Meta:
        model = GapResolution
        fields = [
            *("id", "state", "moves_made", "appropriation", "stage", "way", "won", "until"),
            *("reason", "due_on", "moves"),
        ]


class GapResolutionViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``accept`` closes a gap of the promise; ``refuse`` and ``withdraw`` take a ``note``."""

    queryset = GapResolution.objects.none()
    serializer_class = GapResolutionSerializer
    workflow, forms = GAP_RESOLUTION, GAP_FORMS

    def get_queryset(self):
        return GapResolution.objects.visible_to(self.request.user).for_list().order_by("-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Propose it: ``appropriation``, ``way``, ``won``, ``until``, ``reason``."""
        return self.make("propose", GapResolution(appropriation=line_of(request)), status=201)


class SettlementSerializer(serializers.ModelSerializer):
    to_return = serializers.IntegerField(read_only=True)
    moves = MovesField(SETTLEMENT)

    class Meta:
        model = Settlement
        fields = [
            "id",
            "state",
            "moves_made",
            "appropriation",
            "unspent",
            "interest",
            "to_return",
            "evidence",
            "due_on",
            "moves",
        ]


class SettlementViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``accept`` and ``receive`` take an Idempotency-Key; ``send_back`` takes a ``note``."""

    queryset = Settlement.objects.none()
    serializer_class = SettlementSerializer
    workflow, forms = SETTLEMENT, SETTLEMENT_FORMS

    def get_queryset(self):
        return Settlement.objects.visible_to(self.request.user).for_list().order_by("-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Report it: ``appropriation``, ``interest``, ``evidence``."""
        return self.make("report", Settlement(appropriation=line_of(request)), status=201)
