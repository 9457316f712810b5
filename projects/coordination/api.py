"""Rounds of coordination and the positions of parties as JSON."""

from rest_framework import serializers, viewsets

from foundation.web.api import LineSerializer, MoveAPI, MovesField, objects_in

from .forms import POSITION_FORMS, ROUND_FORMS
from .models import Position, Round
from .workflow import POSITION, ROUND


class ProposedLineSerializer(LineSerializer):
    component = serializers.IntegerField(source="component_id")


class PositionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Position
        fields = ["id", "state", "moves_made", "round", "organisation", "reason"]


class PositionDetailSerializer(PositionSerializer):
    moves = MovesField(POSITION)

    class Meta(PositionSerializer.Meta):
        fields = [*PositionSerializer.Meta.fields, "moves"]


class RoundSerializer(serializers.ModelSerializer):
    """A round with its amounts and what each party said; they are few."""

    revision = serializers.IntegerField(source="revision.number")
    lines = ProposedLineSerializer(many=True, read_only=True)
    positions = PositionSerializer(many=True, read_only=True)
    stands = serializers.SerializerMethodField()

    class Meta:
        model = Round
        fields = [
            "id",
            "state",
            "moves_made",
            "proposal",
            "revision",
            "number",
            "explanation",
            "written_on",
            "due_on",
            "stands",
            "lines",
            "positions",
        ]

    def get_stands(self, round) -> bool:
        """Whether its amounts are those of the proposal now."""
        return round.proposal.coordinated_id == round.pk


class RoundDetailSerializer(RoundSerializer):
    moves = MovesField(ROUND)

    class Meta(RoundSerializer.Meta):
        fields = [*RoundSerializer.Meta.fields, "moves"]


class RoundViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    queryset = Round.objects.none()
    workflow, forms = ROUND, ROUND_FORMS

    def get_queryset(self):
        rows = Round.objects.visible_to(self.request.user)
        return rows.for_page().prefetch_related("lines").order_by("-pk")

    def get_serializer_class(self):
        return RoundSerializer if self.action == "list" else RoundDetailSerializer


class PositionViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """What each party says; a move must name the state it answers in ``seen``."""

    queryset = Position.objects.none()
    workflow, forms = POSITION, POSITION_FORMS

    def get_queryset(self):
        rows = Position.objects.visible_to(self.request.user)
        return rows.for_list().order_by("-round", "pk")

    def get_serializer_class(self):
        return PositionSerializer if self.action == "list" else PositionDetailSerializer


def cell_fields(data, name):
    """A list of ``{component, fiscal_year, source, won}`` as the cells of a form."""
    flat = {key: value for key, value in data.items() if key != name}
    for cell in objects_in(data, name):
        place = f"c-{cell.get('component')}-{cell.get('fiscal_year')}-{cell.get('source')}"
        flat[place] = cell.get("won")
    return flat
