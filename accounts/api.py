"""Organisations and deputies as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from foundation.time import clock
from foundation.web.api import MoveAPI, MovesField, as_name

from .forms import DEPUTY_FORMS, posts_in
from .models import Deputy, Organisation, Spell
from .workflow import DEPUTY


class SpellSerializer(serializers.ModelSerializer):
    class Meta:
        model = Spell
        fields = ["name_ko", "name_en", "code", "parent", "valid_from", "valid_to"]


class OrganisationSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="__str__", read_only=True)
    spells = SpellSerializer(many=True, read_only=True)

    class Meta:
        model = Organisation
        fields = ["id", "kind", "name", "successors", "spells"]


class OrganisationViewSet(viewsets.ReadOnlyModelViewSet):
    """``?on=today`` leaves out bodies that have ceased."""

    serializer_class = OrganisationSerializer
    filterset_fields = ["kind"]

    def get_queryset(self):
        rows = Organisation.objects.named().prefetch_related("successors").order_by("kind", "pk")
        today = self.request.query_params.get("on") == "today"
        return rows.alive(clock.today()) if today else rows


class DeputySerializer(serializers.ModelSerializer):
    absent_name = serializers.CharField(source="absent.name")
    deputy_name = serializers.CharField(source="deputy.name")
    running = serializers.BooleanField(source="is_running")
    moves = MovesField(DEPUTY)

    class Meta:
        model = Deputy
        fields = [
            "id",
            "state",
            "moves_made",
            "organisation",
            "role",
            "absent",
            "absent_name",
            "deputy",
            "deputy_name",
            "since",
            "until",
            "reason",
            "running",
            "moves",
        ]


class DeputyViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Deputy.objects.none()
    serializer_class = DeputySerializer
    workflow, forms = DEPUTY, DEPUTY_FORMS
    filterset_fields = ["organisation", "state"]

    def get_queryset(self):
        rows = Deputy.objects.visible_to(self.request.user).for_list()
        return rows.order_by("-until", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Name one: ``organisation``, ``post``, ``deputy``, ``since``, ``until``, ``reason``."""
        return self.make("name", Deputy(organisation=self.body(request.data)), status=201)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=False)
    def posts(self, request):
        """``?organisation=``: the posts there, for ``post``, and who holds them, for ``deputy``."""
        wanted = Deputy(organisation=self.body(request.query_params))
        if not request.user.has_perm("accounts.name_deputy", wanted):
            raise PermissionDenied
        posts = posts_in(wanted.organisation_id)
        return Response(
            [
                {"post": p.pk, "role": p.role, "person": p.user_id, "name": p.user.name}
                for p in posts
            ]
        )

    def body(self, data):
        return get_object_or_404(Organisation, pk=as_name(data.get("organisation")))
