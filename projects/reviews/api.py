"""Reviews and questions as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action

from foundation.web.api import (
    BulkAPI,
    LineSerializer,
    MoveAPI,
    MovesField,
    line_fields,
    objects_in,
    row_fields,
)
from projects.comments.api import CommentSerializer
from projects.comments.forms import COMMENT_FORMS
from projects.comments.models import Comment
from projects.comments.workflow import COMMENT
from projects.conditions.models import Condition

from .filters import ReviewFilter
from .forms import BULK_REVIEWS, QUESTION_FORMS, REVIEW_FORMS
from .models import Mark, Question, Review
from .workflow import QUESTION, REVIEW


class MarkSerializer(serializers.ModelSerializer):
    class Meta:
        model = Mark
        fields = ["criterion", "points", "finding"]


class TermsSerializer(serializers.ModelSerializer):
    """A condition as the answer states it; how it is met is at ``/conditions/``."""

    class Meta:
        model = Condition
        fields = ["id", "text", "owner", "due_on", "state"]


class ReviewSerializer(serializers.ModelSerializer):
    """The answer is null until it is confirmed, except for the ministry that writes it."""

    HIDDEN = ("answer", "reason", "conditions", "note_to_others", "supported_lines", "marks")
    component_title = serializers.CharField(source="component.title")
    revision = serializers.IntegerField(source="revision.number")
    supported_lines = LineSerializer(many=True, read_only=True)
    marks = MarkSerializer(many=True, read_only=True)
    conditions = TermsSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "id",
            "state",
            "moves_made",
            "proposal",
            "component",
            "component_title",
            "revision",
            "ministry",
            "due_on",
            "answer",
            "reason",
            "conditions",
            "note_to_others",
            "supported_lines",
            "marks",
            "stopped_on",
            "assigned_to",
        ]

    def to_representation(self, review):
        shown = super().to_representation(review)
        if not review.shows_answer_to(self.context["request"].user):
            shown |= dict.fromkeys(self.HIDDEN)
        if not self.context["request"].user.organisations & {review.ministry_id}:
            shown["assigned_to"] = None
        return shown


class ReviewDetailSerializer(ReviewSerializer):
    moves = MovesField(REVIEW)

    class Meta(ReviewSerializer.Meta):
        fields = [*ReviewSerializer.Meta.fields, "moves"]


class ReviewViewSet(BulkAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Review.objects.none()
    workflow, forms, bulk = REVIEW, REVIEW_FORMS, BULK_REVIEWS
    filterset_class = ReviewFilter

    def get_queryset(self):
        rows = Review.objects.visible_to(self.request.user)
        rows = rows.for_program() if self.action == "list" else rows.for_page()
        return rows.order_by("due_on", "pk")

    def get_serializer_class(self):
        if self.action == "questions":
            return QuestionSerializer
        if self.action == "comments":
            return CommentSerializer
        return ReviewSerializer if self.action == "list" else ReviewDetailSerializer

    def translate(self, data):
        return row_fields(mark_fields(line_fields(data)), "conditions", "conditions")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def questions(self, request, pk=None):
        """Ask the local government: ``about``, ``text``, ``due_on``."""
        review = self.get_object()
        self.workflow, self.forms = QUESTION, QUESTION_FORMS
        return self.make("ask", Question(proposal=review.proposal, review=review), status=201)

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def comments(self, request, pk=None):
        """Write a comment for the user's own ministry: ``about``, ``text``."""
        review = self.get_object()
        self.workflow, self.forms = COMMENT, COMMENT_FORMS
        return self.make("write", Comment(proposal=review.proposal, review=review), status=201)


def mark_fields(data):
    """Convert ``marks: [{criterion, points, finding}]`` into fields of the answer's form."""
    flat = {name: value for name, value in data.items() if name != "marks"}
    for mark in objects_in(data, "marks"):
        flat[f"points_{mark.get('criterion')}"] = mark.get("points")
        flat[f"finding_{mark.get('criterion')}"] = mark.get("finding", "")
    return flat


class QuestionSerializer(serializers.ModelSerializer):
    moves = MovesField(QUESTION)

    class Meta:
        model = Question
        fields = [
            "id",
            "state",
            "moves_made",
            "proposal",
            "review",
            "about",
            "text",
            "answer",
            "asked_on",
            "due_on",
            "moves",
        ]


class QuestionViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Question.objects.none()
    serializer_class = QuestionSerializer
    workflow, forms = QUESTION, QUESTION_FORMS

    def get_queryset(self):
        return Question.objects.visible_to(self.request.user).for_list().order_by("due_on", "pk")
