"""Agreements and their parties as JSON."""

from functools import (
    partial,
)

from django.http import (
    Http404,
)
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from agreements import workflow
from agreements.amendments.forms import AmountsForm, HeirsForm, LeadForm, TermsForm
from agreements.amendments.scope import criteria_of
from agreements.consent.forms import AGREEMENT_FORMS
from agreements.consent.models import Stance
from agreements.drafting.forms import ArticleForm, PartiesForm, PlaceForm, RemoveArticleForm
from agreements.signing.forms import PARTY_FORMS, ElsewhereForm
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.api import (
    EventSerializer,
    MoveAPI,
    MovesField,
    as_number,
    line_fields,
    objects_in,
)
from projects.models import Proposal

from .comparison import difference
from .filters import AgreementFilter
from .models import Agreement, Party, Signature, Version
from .workflow import AGREEMENT, PARTY

READS = ("retrieve", "history", "events")


class SignatureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Signature
        fields = [
            "kind",
            "signatory",
            "office",
            "authority",
            "digest",
            "deed",
            "paper",
            "fingerprint",
            "signed_at",
        ]


class StanceSerializer(serializers.ModelSerializer):
    """Number 0 is the schedule; ``valid`` is false for a stance on a text taken back."""

    class Meta:
        model = Stance
        fields = ["number", "digest", "agrees", "remark", "valid"]


class PartyMovesField(MovesField):
    """Moves of a party; none once the text is in force, so that its consent remains."""

    def to_representation(self, party):
        return super().to_representation(party) if party.version.is_open else []


class PartySerializer(serializers.ModelSerializer):
    agreement = serializers.IntegerField(source="version.agreement_id", read_only=True)
    signatures = SignatureSerializer(many=True, read_only=True)
    stances = StanceSerializer(many=True, read_only=True)
    digest = serializers.CharField(source="version.digest", read_only=True)
    moves = PartyMovesField(PARTY)

    class Meta:
        model = Party
        fields = [
            "id",
            "state",
            "moves_made",
            "agreement",
            "organisation",
            "role",
            "due_on",
            "digest",
            "signatures",
            "stances",
            "moves",
        ]


class PartyViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``sign`` takes ``digest``, ``capacity`` ("office", or a delegation's number), ``office``,
    ``password`` and ``read``; ``weigh`` takes ``clauses: [{number, agrees, remark}]`` and ``then``
    ("consent" or "object"); ``elsewhere/`` takes the document signed with another tool.
    """

    queryset = Party.objects.none()
    serializer_class = PartySerializer
    workflow, forms = PARTY, PARTY_FORMS
    filterset_fields = ["state", "organisation"]

    def get_queryset(self):
        rows = Party.objects.visible_to(self.request.user).for_page()
        return rows.prefetch_related("signatures", "stances").order_by("pk")

    def translate(self, data):
        return clause_fields(data)

    @extend_schema(request={"multipart/form-data": OpenApiTypes.OBJECT})
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def elsewhere(self, request, pk=None):
        """The signed ``file``, ``digest``, ``signatory``, ``office``, ``authority``."""
        form = partial(ElsewhereForm, files=request.FILES)
        self.forms = self.forms | {"sign_elsewhere": form}
        return self.make("sign_elsewhere", self.get_object())


def clause_fields(data):
    """``clauses: [{number, agrees, remark}]`` as the fields of the form; ``agrees`` null: open."""
    flat = {name: value for name, value in data.items() if name != "clauses"}
    for clause in objects_in(data, "clauses"):
        answer = {True: "yes", False: "no", None: ""}.get(clause.get("agrees"), "?")
        flat[f"agrees_{clause.get('number')}"] = answer
        flat[f"remark_{clause.get('number')}"] = clause.get("remark", "")
    return flat


class AgreementSerializer(serializers.ModelSerializer):
    state = serializers.CharField(source="current.state", read_only=True)

    class Meta:
        model = Agreement
        fields = ["id", "number", "title", "state", "proposal", "lead_ministry", "drafted_at"]


class VersionSerializer(serializers.ModelSerializer):
    """An agreement in full: the text as it is signed, its state, its parties and its moves."""

    id = serializers.IntegerField(source="agreement_id", read_only=True)
    proposal = serializers.IntegerField(source="agreement.proposal_id", read_only=True)
    lead_ministry = serializers.CharField(source="agreement.lead_ministry_id", read_only=True)
    text = serializers.SerializerMethodField()
    materiality = serializers.SerializerMethodField()
    parties = PartySerializer(many=True, read_only=True)
    moves = MovesField(AGREEMENT)

    class Meta:
        model = Version
        fields = [
            "id",
            "proposal",
            "lead_ministry",
            "number",
            "kind",
            "amendment",
            "edition",
            "state",
            "moves_made",
            "digest",
            "resolution",
            "resolved_on",
            "in_force_on",
            "materiality",
            "text",
            "parties",
            "moves",
        ]

    def get_text(self, version) -> dict:
        return version.text()

    def get_materiality(self, version) -> list:
        """Each criterion since the last resolved version: before, after, change, limit, hit."""
        return [criterion.as_json() for criterion in criteria_of(version)]


class VersionRowSerializer(serializers.ModelSerializer):
    cost = serializers.IntegerField(read_only=True)

    class Meta:
        model = Version
        fields = [
            *("number", "kind", "state", "edition", "digest", "resolution"),
            *("resolved_on", "in_force_on", "first_year", "last_year", "area", "cost"),
        ]


class AgreementViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """Reading returns the version that counts, else the one in the making.

    A move is made on the one of the two whose state allows it.
    """

    queryset = Agreement.objects.none()
    workflow, forms = AGREEMENT, AGREEMENT_FORMS
    filterset_class = AgreementFilter

    def get_queryset(self):
        if self.action == "list":
            rows = Agreement.objects.visible_to(self.request.user).for_list()
            return rows.order_by("-drafted_at", "-pk")
        return Version.objects.visible_to(self.request.user).for_page()

    def get_object(self):
        """The version that counts; for moves and edits, the one to which they apply."""
        rows = self.versions_here().exclude(state=Version.State.DROPPED)
        counting = rows.filter(state__in=Version.COUNTING).order_by("-number").first()
        if counting and (self.action in READS or self.is_about(counting)):
            return counting
        return get_object_or_404(rows.order_by("-number")[:1])

    def versions_here(self):
        rows = Version.objects.visible_to(self.request.user).for_page()
        return rows.filter(agreement=as_number(self.kwargs["pk"]))

    def is_about(self, version):
        name = self.kwargs.get("move")
        return bool(name) and version.state in AGREEMENT[name].source

    def get_serializer_class(self):
        return AgreementSerializer if self.action == "list" else VersionSerializer

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Draft the agreement of a selected proposal: ``proposal``."""
        visible = Proposal.objects.visible_to(request.user)
        proposal = get_object_or_404(visible, pk=as_number(request.data.get("proposal")))
        version = workflow.draft(proposal, actor=request.user)
        return Response(self.get_serializer(version).data, status=201)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def articles(self, request, pk=None):
        """Add an article to the draft."""
        return self.revise(ArticleForm, article=None)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put", "delete"], url_path="articles/(?P<number>[0-9]+)")
    def one_article(self, request, pk=None, number=None):
        """Replace the text of an article, or remove the article."""
        form = RemoveArticleForm if request.method == "DELETE" else ArticleForm
        return self.revise(form, article=self.article(number))

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put"], url_path="articles/(?P<number>[0-9]+)/place")
    def article_place(self, request, pk=None, number=None):
        """Move an article among the others: ``place``."""
        return self.revise(PlaceForm, article=self.article(number))

    def article(self, number):
        return get_object_or_404(self.get_object().articles, number=as_number(number))

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def parties(self, request, pk=None):
        """Add a party: ``organisation``, ``role``."""
        return self.revise(PartiesForm)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put"])
    def terms(self, request, pk=None):
        """Set period and area of the open version: ``first_year``, ``last_year``, ``area`` (m²)."""
        return self.revise(TermsForm)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put"], url_path="amounts/(?P<component>[0-9]+)")
    def amounts(self, request, pk=None, component=None):
        """Change the amounts (won) of one component in an amendment: ``lines``."""
        components = self.amended().agreement.proposal.components.live()
        return self.revise(AmountsForm, component=get_object_or_404(components, pk=component))

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put"])
    def lead(self, request, pk=None):
        """Name another lead ministry in an amendment: ``organisation``."""
        self.amended()
        return self.revise(LeadForm)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["put"])
    def heirs(self, request, pk=None):
        """Decide who is responsible for each component of a divided ministry: ``heir_ID``."""
        self.amended()
        return self.revise(HeirsForm)

    def amended(self):
        version = self.get_object()
        if version.amendment is None:
            raise Http404
        return version

    def revise(self, form, **more):
        def bound(data, **options):
            return form(data, **options, **more)

        version = self.get_object()
        move = "revise" if AGREEMENT["revise"].post_of(self.request.user, version) else "amend"
        self.forms = self.forms | {move: bound}
        return self.make(move, version)

    @extend_schema(responses=VersionRowSerializer(many=True))
    @action(detail=True)
    def versions(self, request, pk=None):
        """Every version, newest first."""
        rows = self.versions_here().with_cost().order_by("-number")
        if not rows:
            raise Http404
        return Response(VersionRowSerializer(rows, many=True).data)

    @action(detail=True, url_path="versions/(?P<number>[0-9]+)")
    def version(self, request, pk=None, number=None):
        """One version in full, in any state."""
        version = get_object_or_404(self.versions_here(), number=as_number(number))
        return Response(self.get_serializer(version).data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def comparison(self, request, pk=None):
        """All differences between the versions ``before`` and ``after``."""
        before, after = (
            get_object_or_404(self.versions_here(), number=as_number(request.GET.get(name, "")))
            for name in ("before", "after")
        )
        return Response(difference(before.text(), after.text()))

    def translate(self, data):
        return line_fields(data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def history(self, request, pk=None):
        """Everything that happened, from the first draft of the proposal to the last payment."""
        agreement = self.get_object().agreement
        events = readable(
            Event.objects.of_trees(agreement.proposal, agreement), request.user
        ).in_order()
        return Response(EventSerializer(events, many=True).data)
