"""Remarks on drafts, and templates of articles, as JSON."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from agreements.corrections.models import TEXTS
from agreements.versions.models import Article, Version
from foundation.engine.workflow import readable
from foundation.models import Event
from foundation.web.api import EventSerializer, MoveAPI, MovesField, as_number, row_fields
from projects.models import Call

from .first_draft import articles_for, template_of
from .forms import REMARK_FORMS, TEMPLATE_FORMS
from .models import Remark, Template
from .placeholders import KNOWN
from .workflow import REMARK, TEMPLATE


class RemarkSerializer(serializers.ModelSerializer):
    agreement = serializers.IntegerField(source="version.agreement_id", read_only=True)
    number = serializers.IntegerField(source="article.number", read_only=True, default=None)
    moves = MovesField(REMARK)

    class Meta:
        model = Remark
        fields = [
            *("id", "state", "moves_made", "agreement", "article", "number", "heading"),
            *("organisation", "text", "answer", "written_on", "due_on", "moves"),
        ]


class RemarkViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """``settle`` takes ``answer``."""

    queryset = Remark.objects.none()
    serializer_class = RemarkSerializer
    workflow, forms = REMARK, REMARK_FORMS
    filterset_fields = ["state", "version__agreement", "organisation"]

    def get_queryset(self):
        return Remark.objects.visible_to(self.request.user).for_page().order_by("-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Write a remark: ``article`` (its key), ``organisation``, ``text``."""
        versions = Version.objects.visible_to(request.user)
        articles = Article.objects.filter(version__in=versions).select_related("version__agreement")
        article = get_object_or_404(articles, pk=as_number(request.data.get("article")))
        remark = Remark(version=article.version, article=article, heading=str(article))
        remark.organisation_id = str(request.data.get("organisation") or "")
        return self.make("write", remark, status=201)


class TemplateSerializer(serializers.ModelSerializer):
    """The articles of the template; the standard articles while ``id`` is null."""

    articles = serializers.SerializerMethodField()
    blanks = serializers.SerializerMethodField()
    moves = MovesField(TEMPLATE)

    class Meta:
        model = Template
        fields = ["id", "call", "state", "moves_made", "articles", "blanks", "moves"]

    def get_articles(self, template) -> list:
        if template.pk:
            return list(template.articles.order_by("number").values("id", *TEXTS))
        return [dict(article) for article in articles_for(template.call)]

    def get_blanks(self, template) -> dict:
        return {name: str(words) for name, words in KNOWN.items()}


class TemplateViewSet(MoveAPI, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Templates by key of the call; ``write`` takes ``articles: [{id, place, heading_ko, …}]``."""

    queryset = Template.objects.none()
    serializer_class = TemplateSerializer
    workflow, forms = TEMPLATE, TEMPLATE_FORMS

    def get_object(self):
        calls = Call.objects.visible_to(self.request.user)
        return template_of(get_object_or_404(calls, pk=as_number(self.kwargs["pk"])))

    def translate(self, data):
        return row_fields(data, "articles", "articles")

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, url_path="events", url_name="events")
    def events(self, request, pk=None):
        """What happened to this template, oldest first."""
        template = self.get_object()
        events = readable(Event.objects.of(template), request.user).in_order()
        return Response(EventSerializer(events if template.pk else [], many=True).data)
