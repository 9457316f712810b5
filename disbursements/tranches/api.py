"""Tranches as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from disbursements.ledger.api import line_of
from foundation.web.api import MoveAPI, MovesField

from .filters import TrancheFilter
from .forms import TRANCHE_FORMS
from .models import Tranche
from .workflow import TRANCHE


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
