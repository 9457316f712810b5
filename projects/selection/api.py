"""Decision letters as JSON."""

from django.urls import reverse
from rest_framework import serializers, viewsets

from .models import Letter


class LetterSerializer(serializers.ModelSerializer):
    """The content of a letter in both languages, and the URL of its PDF."""

    content = serializers.JSONField(source="data", read_only=True)
    pdf = serializers.SerializerMethodField()

    class Meta:
        model = Letter
        fields = [
            "id",
            "kind",
            "year",
            "number",
            "call",
            "proposal",
            "written_at",
            "digest",
            "pdf",
            "content",
        ]

    def get_pdf(self, letter) -> str:
        return self.context["request"].build_absolute_uri(
            reverse("projects:letter-pdf", args=[letter.pk])
        )


class LetterViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Letter.objects.none()
    serializer_class = LetterSerializer
    filterset_fields = ["kind", "proposal"]

    def get_queryset(self):
        return Letter.objects.visible_to(self.request.user).newest_first()
