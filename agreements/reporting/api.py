"""Yearly reports and their evaluations as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from agreements.versions.models import Agreement
from foundation.web.api import MoveAPI, MovesField, as_number

from .forms import EVALUATION_FORMS, REPORT_FORMS
from .models import Evaluation, YearlyReport
from .workflow import EVALUATION, REPORT


class ReportSerializer(serializers.ModelSerializer):
    class Meta:
        model = YearlyReport
        fields = ["id", "state", "moves_made", "agreement", "fiscal_year", "due_on"]


class ReportDetailSerializer(ReportSerializer):
    """In full: ``indicators`` as [indicator, target, reached, remark], ``spendings`` in won."""

    content = serializers.SerializerMethodField()
    moves = MovesField(REPORT)

    class Meta(ReportSerializer.Meta):
        fields = [*ReportSerializer.Meta.fields, "content", "moves"]

    def get_content(self, report) -> dict:
        return report.content()


class ReportViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``write`` takes the texts, ``actual_ID`` per indicator and ``won_COMPONENT_SOURCE``."""

    queryset = YearlyReport.objects.none()
    workflow, forms = REPORT, REPORT_FORMS
    filterset_fields = ["state", "agreement", "fiscal_year"]

    def get_queryset(self):
        rows = YearlyReport.objects.visible_to(self.request.user).for_list()
        return rows.order_by("-fiscal_year", "-pk")

    def get_serializer_class(self):
        return ReportSerializer if self.action == "list" else ReportDetailSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Begin the report of a year: ``agreement``, ``fiscal_year``."""
        visible = Agreement.objects.visible_to(request.user)
        agreement = get_object_or_404(visible, pk=as_number(request.data.get("agreement")))
        return self.make("begin", YearlyReport(agreement=agreement), status=201)


class EvaluationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Evaluation
        fields = [
            *("id", "state", "moves_made", "report", "organisation", "grade", "opinion"),
            *("advice", "reason", "due_on"),
        ]

    def to_representation(self, row):
        found = super().to_representation(row)
        if not row.is_readable_by(self.context["request"].user):
            found |= dict.fromkeys(Evaluation.FIELDS, "")
        return found


class EvaluationDetailSerializer(EvaluationSerializer):
    moves = MovesField(EVALUATION)

    class Meta(EvaluationSerializer.Meta):
        fields = [*EvaluationSerializer.Meta.fields, "moves"]


class EvaluationViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``evaluate`` takes ``grade``, ``opinion``, ``advice``, ``reason``; another user confirms."""

    queryset = Evaluation.objects.none()
    workflow, forms = EVALUATION, EVALUATION_FORMS
    filterset_fields = ["state", "report", "organisation"]

    def get_queryset(self):
        return Evaluation.objects.visible_to(self.request.user).for_list().order_by("-pk")

    def get_serializer_class(self):
        return EvaluationSerializer if self.action == "list" else EvaluationDetailSerializer
