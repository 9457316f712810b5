"""Amendments and terminations as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from agreements.versions.models import Version
from foundation.web.api import MoveAPI, MovesField, as_number

from .forms import AMENDMENT_FORMS, TERMINATION_FORMS
from .models import Amendment, Termination
from .workflow import AMENDMENT, TERMINATION


class AmendmentSerializer(serializers.ModelSerializer):
    base = serializers.IntegerField(source="base.number", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)
    kind = serializers.CharField(source="version.kind", read_only=True)
    version_state = serializers.CharField(source="version.state", read_only=True)

    class Meta:
        model = Amendment
        fields = [
            *("id", "state", "moves_made", "agreement", "base", "version", "kind"),
            *("version_state", "organisation", "reason", "due_on"),
        ]


class AmendmentDetailSerializer(AmendmentSerializer):
    moves = MovesField(AMENDMENT)

    class Meta(AmendmentSerializer.Meta):
        fields = [*AmendmentSerializer.Meta.fields, "moves"]


class AmendmentViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """Amendments; their text is edited at ``agreements/ID/``: terms, amounts, articles …"""

    queryset = Amendment.objects.none()
    workflow, forms = AMENDMENT, AMENDMENT_FORMS
    filterset_fields = ["state", "agreement"]

    def get_queryset(self):
        return Amendment.objects.visible_to(self.request.user).for_list().order_by("-pk")

    def get_serializer_class(self):
        return AmendmentSerializer if self.action == "list" else AmendmentDetailSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Propose an amendment: ``agreement``, ``organisation``, ``reason``."""
        rows = Version.objects.visible_to(request.user).select_related("agreement")
        counting = rows.filter(state__in=Version.COUNTING).order_by("-number")
        base = get_object_or_404(counting, agreement=as_number(request.data.get("agreement")))
        row = Amendment(agreement=base.agreement, base=base)
        return self.make("propose", row, status=201)


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
