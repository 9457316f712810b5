"""Signed documents, signatures on paper and delegations as JSON."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser

from accounts.models import Organisation
from agreements.versions.models import Party
from foundation.web.api import MoveAPI, MovesField, as_name, as_number

from . import signed_documents
from .forms import DELEGATION_FORMS, PAPER_FORMS, PaperForm
from .models import Deed, Delegation, PaperSignature
from .workflow import DELEGATION, PAPER

PDF = {(200, "application/pdf"): OpenApiTypes.BINARY}


class DeedSerializer(serializers.ModelSerializer):
    agreement = serializers.IntegerField(source="version.agreement_id", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)

    class Meta:
        model = Deed
        fields = [
            "id",
            "agreement",
            "version",
            "edition",
            "number",
            "digest",
            "sha256",
            "size",
            "made_at",
        ]


class DeedViewSet(viewsets.ReadOnlyModelViewSet):
    """Every state of every document; ``pdf/`` returns the unchanged bytes of the file."""

    queryset = Deed.objects.none()
    serializer_class = DeedSerializer
    filterset_fields = {"version__agreement": ["exact"], "edition": ["exact"]}

    def get_queryset(self):
        rows = Deed.objects.visible_to(self.request.user).select_related("version")
        return rows.without_bytes().order_by("-made_at", "-pk")

    @extend_schema(responses=PDF)
    @action(detail=True)
    def pdf(self, request, pk=None):
        content = signed_documents.content_of(self.get_object())
        return HttpResponse(content, content_type="application/pdf")


class PaperSerializer(serializers.ModelSerializer):
    moves = MovesField(PAPER)

    class Meta:
        model = PaperSignature
        fields = [
            "id",
            "state",
            "moves_made",
            "party",
            "digest",
            "signatory",
            "office",
            "authority",
            "document_number",
            "signed_on",
            "name",
            "sha256",
            "entered_by",
            "confirmed_by",
            "moves",
        ]


class PaperViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = PaperSignature.objects.none()
    serializer_class = PaperSerializer
    workflow, forms = PAPER, PAPER_FORMS
    filterset_fields = ["state", "party"]

    def get_queryset(self):
        return PaperSignature.objects.visible_to(self.request.user).for_page().order_by("-pk")

    @extend_schema(request={"multipart/form-data": OpenApiTypes.OBJECT})
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def enter(self, request):
        """Enter a scan: ``party``, ``file``, ``same``, and the fields of a signature on paper."""
        visible = Party.objects.visible_to(request.user).for_page()
        party = get_object_or_404(visible, pk=as_number(request.data.get("party")))
        self.forms = {"enter": partial(PaperForm, files=request.FILES)}
        return self.make("enter", PaperSignature(party=party), status=201)


class DelegationSerializer(serializers.ModelSerializer):
    moves = MovesField(DELEGATION)

    class Meta:
        model = Delegation
        fields = [
            "id",
            "state",
            "moves_made",
            "organisation",
            "person",
            "office",
            "authority",
            "since",
            "until",
            "granted_by",
            "revoked_by",
            "moves",
        ]


class DelegationViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Delegation.objects.none()
    serializer_class = DelegationSerializer
    workflow, forms = DELEGATION, DELEGATION_FORMS
    filterset_fields = ["state", "organisation"]

    def get_queryset(self):
        rows = Delegation.objects.visible_to(self.request.user).for_list()
        return rows.order_by("-until", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Delegate: ``organisation`` and the form fields ``person``, ``office``, ``authority`` …"""
        body = get_object_or_404(Organisation, pk=as_name(request.data.get("organisation")))
        return self.make("grant", Delegation(organisation=body), status=201)
