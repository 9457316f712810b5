"""Lines of money as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField, as_number

from .filters import AppropriationFilter
from .forms import APPROPRIATION_FORMS
from .models import Appropriation, Balance
from .workflow import APPROPRIATION

YEAR = OpenApiParameter("year", int, description="fiscal year")


class BalanceSerializer(serializers.ModelSerializer):
    gap = serializers.IntegerField(read_only=True, allow_null=True)
    untold_since = serializers.DateField(source="unreported_since", read_only=True)

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


def line_of(request):
    lines = Appropriation.objects.visible_to(request.user)
    return get_object_or_404(lines, pk=as_number(request.data.get("appropriation")))
