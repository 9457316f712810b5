"""Lines of money and tranches as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from foundation.time import clock
from foundation.web.api import MoveAPI, MovesField, as_number

from .filters import AppropriationFilter, StabilityForm, TrancheFilter
from .forms import APPROPRIATION_FORMS, CARRY_FORMS, GAP_FORMS, SETTLEMENT_FORMS, TRANCHE_FORMS
from .models import Appropriation, Balance, CarryOver, GapResolution, Settlement, Tranche
from .stability import HEADS, lines_of, measured
from .workflow import APPROPRIATION, CARRY_OVER, GAP_RESOLUTION, SETTLEMENT, TRANCHE

YEAR = OpenApiParameter("year", int, description="fiscal year")
BY = OpenApiParameter("by", str, enum=["agreement", "ministry", "province"])


class BalanceSerializer(serializers.ModelSerializer):
    gap = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Balance
        fields = [
            "agreed",
            "voted",
            "carried_in",
            "granted",
            "paid",
            "executed",
            "carried_out",
            "lapsed",
            "returned",
            "applied",
            "requested",
            "bill",
            "provisional",
            "final",
            "pooled",
            "drawn",
            "revoked",
            "interest",
            "contracted",
            "in_appropriation",
            "in_grant",
            "in_treasury",
            "untold_since",
            "gap",
        ]


class AppropriationSerializer(serializers.ModelSerializer):
    balance = serializers.SerializerMethodField()

    class Meta:
        model = Appropriation
        fields = [
            "id",
            "state",
            "moves_made",
            "agreement",
            "component",
            "fiscal_year",
            "source",
            "payer",
            "recipient",
            "balance",
        ]

    def get_balance(self, line) -> dict:
        return BalanceSerializer(Balance.objects.get(pk=line.pk)).data


class AppropriationListSerializer(AppropriationSerializer):
    def get_balance(self, line) -> dict:
        return BalanceSerializer(line.balance).data


class AppropriationDetailSerializer(AppropriationSerializer):
    moves = MovesField(APPROPRIATION)

    class Meta(AppropriationSerializer.Meta):
        fields = [*AppropriationSerializer.Meta.fields, "moves"]


class AppropriationViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``vote`` and ``execute`` take ``won``, ``as_of``, ``evidence`` and an Idempotency-Key."""

    queryset = Appropriation.objects.none()
    workflow, forms = APPROPRIATION, APPROPRIATION_FORMS
    filterset_class = AppropriationFilter

    def get_queryset(self):
        rows = Appropriation.objects.visible_to(self.request.user).for_list()
        return rows.order_by("fiscal_year", "pk")

    def get_serializer_class(self):
        listed = self.action == "list"
        return AppropriationListSerializer if listed else AppropriationDetailSerializer


class TrancheSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tranche
        fields = [
            "id",
            "state",
            "moves_made",
            "appropriation",
            "number",
            "purpose",
            "asked",
            "granted",
            "paid",
        ]


class TrancheDetailSerializer(TrancheSerializer):
    moves = MovesField(TRANCHE)

    class Meta(TrancheSerializer.Meta):
        fields = [*TrancheSerializer.Meta.fields, "moves"]


class TrancheViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``grant`` and ``pay`` take ``won``, ``as_of``, ``evidence`` and an Idempotency-Key."""

    queryset = Tranche.objects.none()
    workflow, forms = TRANCHE, TRANCHE_FORMS
    filterset_class = TrancheFilter

    def get_queryset(self):
        rows = Tranche.objects.visible_to(self.request.user).for_list()
        return rows.order_by("-changed_at", "-pk")

    def get_serializer_class(self):
        return TrancheSerializer if self.action == "list" else TrancheDetailSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Request a tranche: ``appropriation``, ``won``, ``purpose`` and an Idempotency-Key."""
        return self.make("request", Tranche(appropriation=line_of(request)), status=201)


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


class StabilityViewSet(viewsets.ViewSet):
    """Is the promise kept? Measures of a year (docs/stability.md), by agreement or another head."""

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


def line_of(request):
    lines = Appropriation.objects.visible_to(request.user)
    return get_object_or_404(lines, pk=as_number(request.data.get("appropriation")))
