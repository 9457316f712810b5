"""Issues and the positions of their sides as JSON."""

import django_filters
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets

from foundation.web.api import MOST_KEY, MoveAPI, MovesField, as_number, row_fields
from projects.proposals.models import Proposal

from .filters import IssueFilter
from .forms import ISSUE_FORMS, ISSUE_SIDE_FORMS
from .models import Issue, IssueOption, IssueSide
from .workflow import ISSUE, ISSUE_SIDE


class IssueNumberFilter(IssueFilter):
    proposal = django_filters.NumberFilter("proposal_id", min_value=0, max_value=MOST_KEY)


class OptionSerializer(serializers.ModelSerializer):
    class Meta:
        model = IssueOption
        fields = ["id", "text"]


class SideSerializer(serializers.ModelSerializer):
    moves = MovesField(ISSUE_SIDE)

    class Meta:
        model = IssueSide
        fields = [
            "id",
            "issue",
            "state",
            "moves_made",
            "organisation",
            "position",
            "favours",
            "written_at",
            "moves",
        ]


class IssueSerializer(serializers.ModelSerializer):
    options = OptionSerializer(many=True, read_only=True)
    sides = SideSerializer(many=True, read_only=True)
    moves = MovesField(ISSUE)

    class Meta:
        model = Issue
        fields = [
            "id",
            "state",
            "moves_made",
            "proposal",
            "title",
            "text",
            "about",
            "raised_on",
            "due_on",
            "options",
            "sides",
            "decision",
            "reason",
            "chosen",
            "changed",
            "decided_on",
            "moves",
        ]


class IssueViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Issue.objects.none()
    serializer_class = IssueSerializer
    workflow, forms = ISSUE, ISSUE_FORMS
    filterset_class = IssueNumberFilter

    def get_queryset(self):
        rows = Issue.objects.visible_to(self.request.user).for_page()
        return rows.order_by("-raised_on", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Raise an issue: ``proposal``, ``title``, ``about``, ``text``, ``due_on``, ``sides``
        (identifiers of organisations) and ``options`` (objects with ``text``)."""
        wanted = {"pk": as_number(request.data.get("proposal"))}
        rows = Proposal.objects.visible_to(request.user).for_page()
        return self.make("raise", Issue(proposal=get_object_or_404(rows, **wanted)), status=201)

    def translate(self, data):
        return row_fields(data, "options", name="options")


class IssueSideViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = IssueSide.objects.none()
    serializer_class = SideSerializer
    workflow, forms = ISSUE_SIDE, ISSUE_SIDE_FORMS

    def get_queryset(self):
        return IssueSide.objects.visible_to(self.request.user).for_work().order_by("pk")
