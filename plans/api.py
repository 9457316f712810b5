"""Plans and designated areas as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField, row_fields

from .filters import AreaFilter, PlanFilter
from .forms import AREA_FORMS, PLAN_FORMS
from .models import Area, Goal, Plan, Standard
from .workflow import AREA, PLAN


class GoalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Goal
        fields = ["id", "title_ko", "title_en"]


class StandardSerializer(serializers.ModelSerializer):
    class Meta:
        model = Standard
        fields = ["id", "facility_ko", "facility_en", "mode", "minutes"]


class PlanSerializer(serializers.ModelSerializer):
    goals = GoalSerializer(many=True, read_only=True)
    standards = StandardSerializer(many=True, read_only=True)
    moves = MovesField(PLAN)

    class Meta:
        model = Plan
        fields = [
            "id",
            "state",
            "moves_made",
            "kind",
            "title_ko",
            "title_en",
            "issuer",
            "parent",
            "first_year",
            "last_year",
            "source",
            "successor",
            "goals",
            "standards",
            "moves",
        ]


class PlanViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    workflow, forms = PLAN, PLAN_FORMS
    filterset_class = PlanFilter

    def get_queryset(self):
        return Plan.objects.visible_to(self.request.user).for_page().order_by("-first_year", "pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Enter a plan: its fields, ``goals`` and ``standards`` as lists of objects."""
        return self.make("enter", Plan(), status=201)

    def translate(self, data):
        return row_fields(row_fields(data, "goals", "goals"), "standards", "standards")


class AreaSerializer(serializers.ModelSerializer):
    moves = MovesField(AREA)

    class Meta:
        model = Area
        fields = [
            "id",
            "state",
            "moves_made",
            "kind",
            "region",
            "since",
            "until",
            "basis",
            "moves",
        ]


class AreaViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    workflow, forms = AREA, AREA_FORMS
    filterset_class = AreaFilter

    def get_queryset(self):
        return Area.objects.visible_to(self.request.user).order_by("region", "kind", "pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        return self.make("designate", Area(), status=201)
