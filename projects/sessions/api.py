"""Visits and sessions as JSON; parties read only what concerns their own proposals."""

from functools import partial

import django_filters
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser

from foundation.web.api import MOST_KEY, MoveAPI, MovesField, as_number, row_fields
from foundation.web.downloads import download
from projects.calls.models import Call

from .filters import SessionFilter
from .forms import SESSION_FORMS, RecordForm
from .models import AgendaItem, Session, SessionMember
from .workflow import SESSION


class SessionNumberFilter(SessionFilter):
    call = django_filters.NumberFilter("call_id", min_value=0, max_value=MOST_KEY)


class ItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = AgendaItem
        fields = ["id", "proposal", "outcome", "note"]


class MemberSerializer(serializers.ModelSerializer):
    class Meta:
        model = SessionMember
        fields = ["id", "name", "affiliation", "role", "attended"]


class SessionSerializer(serializers.ModelSerializer):
    """Members and minutes are null to those who may not read them."""

    HIDDEN = ("members", "minutes_name", "minutes_size", "minutes_sha256")
    items = serializers.SerializerMethodField()
    members = MemberSerializer(many=True, read_only=True)
    moves = MovesField(SESSION)

    class Meta:
        model = Session
        fields = [
            "id",
            "state",
            "moves_made",
            "call",
            *Session.TERMS,
            "items",
            "members",
            "minutes_name",
            "minutes_size",
            "minutes_sha256",
            "recorded_on",
            "moves",
        ]

    def get_items(self, session) -> list[dict]:
        """The items that the user may see; they are not prefetched after a move."""
        seen = getattr(session, "agenda", None)
        if seen is None:
            seen = session.items.visible_to(self.context["request"].user).order_by("pk")
        return ItemSerializer(seen, many=True).data

    def to_representation(self, session):
        shown = super().to_representation(session)
        if not self.context["request"].user.has_perm("projects.read_minutes", session):
            shown |= dict.fromkeys(self.HIDDEN)
        return shown


class SessionViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """The move ``hold`` is sent as a form with a file: ``present`` (numbers of members), for each
    item ``outcome_ID`` and ``remark_ID``, and the minutes as ``file``."""

    queryset = Session.objects.none()
    serializer_class = SessionSerializer
    parser_classes = [*viewsets.ViewSet.parser_classes, MultiPartParser]
    workflow, forms = SESSION, SESSION_FORMS
    filterset_class = SessionNumberFilter

    def get_queryset(self):
        user = self.request.user
        return Session.objects.visible_to(user).for_page(user).order_by("-held_on", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Plan a session: ``call``, ``kind``, ``held_on``, ``place``, ``items``, ``members``."""
        wanted = {"pk": as_number(request.data.get("call"))}
        call = get_object_or_404(Call.objects.visible_to(request.user), **wanted)
        return self.make("plan", Session(call=call), status=201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True)
    def minutes(self, request, pk=None):
        """Get the minutes of a session that was held."""
        session = self.get_object()
        if not request.user.has_perm("projects.read_minutes", session) or not session.minutes:
            raise Http404
        return download(session.minutes, name=session.minutes_name, media_type=session.minutes_type)

    def make(self, name, record, status=200):
        self.forms = SESSION_FORMS | {"hold": partial(RecordForm, files=self.request.FILES)}
        return super().make(name, record, status)

    def translate(self, data):
        """Convert ``items: [{proposal_id}]`` and ``members: [{name, …}]`` into rows of the form."""
        if hasattr(data, "lists"):  # a form with a file: every value is a list
            return {name: values for name, values in data.lists() if name != "file"}
        return row_fields(row_fields(data, "items", name="items"), "members", name="members")
