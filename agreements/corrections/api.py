"""Corrections and their confirmations as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from agreements.versions.models import Version
from foundation.web.api import MoveAPI, MovesField, as_number

from .forms import CONFIRMATION_FORMS, CORRECTION_FORMS
from .models import Confirmation, CorrectedArticle, Correction
from .workflow import CONFIRMATION, CORRECTION


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
        """Propose: ``agreement``, ``reason``, and the changed texts, such as ``body_ko_3``."""
        visible = Version.objects.visible_to(request.user).for_page()
        rows = visible.filter(agreement=as_number(request.data.get("agreement")))
        version = get_object_or_404(rows.order_by("-number")[:1])
        return self.make("propose", Correction(version=version), status=201)

    def translate(self, data):
        """Fill in the texts that are not sent with the current ones."""
        if self.action != "create":
            return data
        version = self.version_of(data)
        return current_texts(version) | dict(data)

    def version_of(self, data):
        visible = Version.objects.visible_to(self.request.user)
        rows = visible.filter(agreement=as_number(data.get("agreement"))).order_by("-number")
        return rows.first()


def current_texts(version):
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
            "signs_again",
            "moves",
        ]


class ConfirmationViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``confirm`` takes ``password`` if the party has signed here already."""

    queryset = Confirmation.objects.none()
    serializer_class = ConfirmationSerializer
    workflow, forms = CONFIRMATION, CONFIRMATION_FORMS
    filterset_fields = ["state", "correction"]

    def get_queryset(self):
        return (
            Confirmation.objects.visible_to(self.request.user).for_page().order_by("due_on", "pk")
        )
