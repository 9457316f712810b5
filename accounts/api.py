"""Organisations as JSON."""

from rest_framework import serializers, viewsets

from foundation import clock

from .models import Organisation, Spell


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
