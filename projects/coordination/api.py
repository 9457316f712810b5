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
    """A round with its amounts and the position of each party; it is not paginated."""

    revision = serializers.IntegerField(source="revision.number")
    lines = ProposedLineSerializer(many=True, read_only=True)
    positions = PositionSerializer(many=True, read_only=True)
    counts = serializers.SerializerMethodField()

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
            "counts",
            "lines",
            "positions",
        ]

    def get_counts(self, round) -> bool:
        """Whether the amounts of this round are the effective amounts of the proposal."""
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
    """Positions of parties; a move must send ``seen``, the state of the position that was read."""

    queryset = Position.objects.none()
    workflow, forms = POSITION, POSITION_FORMS

    def get_queryset(self):
        rows = Position.objects.visible_to(self.request.user)
        return rows.for_list().order_by("-round", "pk")

    def get_serializer_class(self):
        return PositionSerializer if self.action == "list" else PositionDetailSerializer


def cell_fields(data, name):
    """Convert a list of ``{component, fiscal_year, source, won}`` into the cells of a form."""
    flat = {key: value for key, value in data.items() if key != name}
    for cell in objects_in(data, name):
        place = f"c-{cell.get('component')}-{cell.get('fiscal_year')}-{cell.get('source')}"
        flat[place] = cell.get("won")
    return flat
