"""Comments as JSON, visible to the ministry that wrote them."""

from rest_framework import serializers, viewsets

from foundation.web.api import MoveAPI, MovesField

from .filters import CommentFilter
from .forms import COMMENT_FORMS
from .models import Comment
from .workflow import COMMENT


class CommentSerializer(serializers.ModelSerializer):
    moves = MovesField(COMMENT)

    class Meta:
        model = Comment
        fields = [
            "id",
            "state",
            "moves_made",
            "proposal",
            "review",
            "about",
            "text",
            "written_by",
            "written_at",
            "moves",
        ]


class CommentViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Comment.objects.none()
    serializer_class = CommentSerializer
    workflow, forms = COMMENT, COMMENT_FORMS
    filterset_class = CommentFilter

    def get_queryset(self):
        return Comment.objects.visible_to(self.request.user).for_list().order_by("written_at", "pk")
