"""Proposals with their parts as JSON."""

from functools import partial

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser

from accounts.models import Organisation
from foundation.web.api import (
    BulkAPI,
    LineSerializer,
    MovesField,
    as_name,
    as_number,
    line_fields,
    row_fields,
)
from foundation.web.downloads import download
from projects.attachments.forms import AttachForm, TakeOutForm
from projects.calls.models import Call
from projects.coordination.api import RoundDetailSerializer, cell_fields
from projects.coordination.forms import ROUND_FORMS
from projects.coordination.models import Round
from projects.coordination.workflow import ROUND
from projects.drafting.forms import PART_FORMS, ComponentForm, DropForm
from projects.reviews.api import ReviewSerializer

from .filters import ProposalFilter
from .forms import BULK_PROPOSALS, PROPOSAL_FORMS
from .models import Component, Proposal
from .workflow import PROPOSAL


class ComponentSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = Component
        fields = ["id", "title", "ministry", "kind", "description", "lines", "goals"]


class ProposalSerializer(serializers.ModelSerializer):
    class Meta:
        model = Proposal
        fields = [
            "id",
            "state",
            "moves_made",
            "call",
            "applicant",
            "title",
            "first_year",
            "last_year",
            "lead_ministry",
            "changed_at",
        ]


class ProposalDetailSerializer(ProposalSerializer):
    components = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()
    parts = serializers.SerializerMethodField()
    shortcomings = serializers.SerializerMethodField()
    moves = MovesField(PROPOSAL)

    class Meta(ProposalSerializer.Meta):
        fields = [
            *ProposalSerializer.Meta.fields,
            "purpose",
            "partners",
            "parts",
            "shortcomings",
            "components",
            "reviews",
            "moves",
        ]

    def get_parts(self, proposal) -> dict:
        """Sections, indicators, risks, other funding, attachments, in the format of revisions."""
        return {
            "sections": {section.name: section.text for section in proposal.sections.all()},
            "indicators": [row.content() for row in proposal.indicators.all()],
            "risks": [row.content() for row in proposal.risks.all()],
            "other_funding": [row.content() for row in proposal.other_funding.all()],
            "attachments": [p.content() for p in proposal.attachments.all() if not p.removed],
        }

    def get_shortcomings(self, proposal) -> list[dict]:
        """The shortcomings of the last return, until the next submission."""
        return [row.content() for row in proposal.open_shortcomings()]

    def get_components(self, proposal) -> list[dict]:
        return ComponentSerializer(proposal.live_components(), many=True).data

    def get_reviews(self, proposal) -> list[dict]:
        reviews = proposal.current_reviews()
        return ReviewSerializer(reviews, many=True, context=self.context).data


class ProposalViewSet(BulkAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Proposal.objects.none()
    workflow, forms, bulk = PROPOSAL, PROPOSAL_FORMS, BULK_PROPOSALS
    filterset_class = ProposalFilter

    def get_queryset(self):
        rows = Proposal.objects.visible_to(self.request.user).order_by("-changed_at", "-pk")
        return rows.for_list() if self.action == "list" else rows.for_page()

    def get_serializer_class(self):
        if self.action == "rounds":
            return RoundDetailSerializer
        return ProposalSerializer if self.action == "list" else ProposalDetailSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Begin a proposal: ``call``, ``applicant``, ``title``, ``first_year``, ``last_year`` …"""
        wanted = {"pk": as_number(request.data.get("call"))}
        call = get_object_or_404(Call.objects.visible_to(request.user), **wanted)
        applicant = get_object_or_404(Organisation, pk=as_name(request.data.get("applicant")))
        proposal = Proposal(call=call, applicant=applicant, first_year=0, last_year=0)
        return self.make("begin", proposal, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def components(self, request, pk=None):
        """Add a component: ``title``, ``ministry``, ``description``, ``lines``."""
        return self.revise(self.get_object(), None, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put", "delete"], url_path="components/(?P<component>[0-9]+)")
    def one_component(self, request, pk=None, component=None):
        """Replace a component, or drop it."""
        proposal = self.get_object()
        component = get_object_or_404(proposal.components.live(), pk=component)
        return self.revise(proposal, component)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"], url_path="parts/(?P<part>[0-9a-z-]+)")
    def part(self, request, pk=None, part=None):
        """Write one part: its fields, ``rows`` of a table, or ``cells`` of the budget."""
        proposal = self.get_object()
        if part not in PART_FORMS:
            raise Http404
        self.forms = self.forms | {"revise": PART_FORMS[part]}
        return self.make("revise", proposal)

    @extend_schema(request={"multipart/form-data": OpenApiTypes.OBJECT})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def attachments(self, request, pk=None):
        """Attach a paper: ``kind``, ``file``, ``remark``."""
        proposal = self.get_object()
        self.forms = self.forms | {"revise": partial(AttachForm, files=request.FILES)}
        return self.make("revise", proposal, status=201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get", "delete"], url_path="attachments/(?P<attachment>[0-9]+)")
    def one_attachment(self, request, pk=None, attachment=None):
        """Get the file, also one taken out that a revision names; or take it out."""
        proposal = self.get_object()
        paper = get_object_or_404(proposal.attachments, pk=as_number(attachment))
        if request.method == "GET":
            return download(paper.file, name=paper.name, media_type=paper.media_type)
        self.forms = self.forms | {"revise": partial(TakeOutForm, attachment=paper)}
        return self.make("revise", proposal)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def rounds(self, request, pk=None):
        """Propose amounts to every party: ``lines``, ``explanation``, ``due_on``."""
        self.workflow, self.forms = ROUND, ROUND_FORMS
        return self.make("propose", Round(proposal=self.get_object()), status=201)

    def revise(self, proposal, component, status=200):
        form = DropForm if self.request.method == "DELETE" else ComponentForm

        def bound(data, **options):
            return form(data, component=component, **options)

        self.forms = self.forms | {"revise": bound}
        return self.make("revise", proposal, status=status)

    def translate(self, data):
        part = self.kwargs.get("part", "").replace("-", "_")
        if self.action == "rounds":
            return cell_fields(data, "lines")
        data = row_fields(data, "shortcomings", "shortcomings")
        return row_fields(cell_fields(line_fields(data), "cells"), part)
