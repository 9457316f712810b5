"""Documents, signatures on paper, delegations, corrections and the check, as JSON."""

from dataclasses import asdict
from functools import partial

from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Organisation
from foundation.web.api import MoveAPI, MovesField, as_name, as_number

from .. import deeds
from ..forms import (
    CONFIRMATION_FORMS,
    CORRECTION_FORMS,
    DELEGATION_FORMS,
    PAPER_FORMS,
    TRIES,
    CheckForm,
    PaperForm,
)
from ..models import (
    Confirmation,
    CorrectedArticle,
    Correction,
    Deed,
    Delegation,
    PaperSignature,
    Party,
    Version,
)
from ..recorded import checked
from ..workflow import CONFIRMATION, CORRECTION, DELEGATION, PAPER

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
    """Every state of every document; ``pdf/`` is the file, byte for byte."""

    queryset = Deed.objects.none()
    serializer_class = DeedSerializer
    filterset_fields = {"version__agreement": ["exact"], "edition": ["exact"]}

    def get_queryset(self):
        rows = Deed.objects.visible_to(self.request.user).select_related("version")
        return rows.without_bytes().order_by("-made_at", "-pk")

    @extend_schema(responses=PDF)
    @action(detail=True)
    def pdf(self, request, pk=None):
        content = deeds.content_of(self.get_object())
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
        """A scan: ``party``, ``file``, ``same``, and the fields of a signature on paper."""
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
        """Delegate: ``organisation``, ``person``, ``office``, ``authority``, its days."""
        body = get_object_or_404(Organisation, pk=as_name(request.data.get("organisation")))
        return self.make("grant", Delegation(organisation=body), status=201)


class CorrectedArticleSerializer(serializers.ModelSerializer):
    class Meta:
        model = CorrectedArticle
        fields = ["number", "before", "after"]


class CorrectionSerializer(serializers.ModelSerializer):
    agreement = serializers.IntegerField(source="version.agreement_id", read_only=True)
    articles = CorrectedArticleSerializer(many=True, read_only=True)
    moves = MovesField(CORRECTION)

    class Meta:
        model = Correction
        fields = [
            "id",
            "state",
            "moves_made",
            "agreement",
            "edition",
            "reason",
            "articles",
            "confirmations",
            "moves",
        ]


class CorrectionViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Correction.objects.none()
    serializer_class = CorrectionSerializer
    workflow, forms = CORRECTION, CORRECTION_FORMS
    filterset_fields = {"state": ["exact"], "version__agreement": ["exact"]}

    def get_queryset(self):
        return Correction.objects.visible_to(self.request.user).for_page().order_by("-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Propose: ``agreement``, ``reason``, and texts that differ, such as ``body_ko_3``."""
        visible = Version.objects.visible_to(request.user).for_page()
        rows = visible.filter(agreement=as_number(request.data.get("agreement")))
        version = get_object_or_404(rows.order_by("-number")[:1])
        return self.make("propose", Correction(version=version), status=201)

    def translate(self, data):
        """Texts that are not sent stay as they are."""
        if self.action != "create":
            return data
        version = self.version_of(data)
        return standing_texts(version) | dict(data)

    def version_of(self, data):
        visible = Version.objects.visible_to(self.request.user)
        rows = visible.filter(agreement=as_number(data.get("agreement"))).order_by("-number")
        return rows.first()


def standing_texts(version):
    texts = {}
    for article in version.articles.order_by("number"):
        for name in ("heading_ko", "body_ko", "heading_en", "body_en"):
            texts[f"{name}_{article.number}"] = getattr(article, name)
    return texts


class ConfirmationSerializer(serializers.ModelSerializer):
    moves = MovesField(CONFIRMATION)

    class Meta:
        model = Confirmation
        fields = [
            "id",
            "state",
            "moves_made",
            "correction",
            "party",
            "due_on",
            "signs_anew",
            "moves",
        ]


class ConfirmationViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``confirm`` takes ``password`` from who has signed here already."""

    queryset = Confirmation.objects.none()
    serializer_class = ConfirmationSerializer
    workflow, forms = CONFIRMATION, CONFIRMATION_FORMS
    filterset_fields = ["state", "correction"]

    def get_queryset(self):
        return (
            Confirmation.objects.visible_to(self.request.user).for_page().order_by("due_on", "pk")
        )


class CheckView(APIView):
    """Anybody checks the PDF of an agreement; nothing is kept."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": OpenApiTypes.OBJECT}, responses=OpenApiTypes.OBJECT
    )
    def post(self, request):
        address = get_adapter().get_client_ip(request)
        if TRIES.is_reached(address):
            raise Throttled(wait=TRIES.seconds)
        TRIES.count(address)
        form = CheckForm(request.data, files=request.FILES)
        if not form.is_valid() or not form.cleaned_data["file"]:
            raise serializers.ValidationError(form.errors or {"file": ["A PDF file."]})
        report = checked(form.cleaned_data["file"].read())
        return Response(asdict(report) | {"holds": report.holds})
