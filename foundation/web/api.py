"""Moves by JSON API, with the same forms as the pages."""

from django.http import QueryDict
from drf_spectacular.utils import OpenApiTypes, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from foundation.engine.models import Event
from foundation.engine.workflow import readable, refuse_a_stranger

from .bulk import chosen, make_each, refused
from .forms import MoveForm

MOST_KEY = 2**63 - 1  # of a row; a filter refuses what is larger


def flat(values):
    """JSON as a form would send it: lists stay lists, numbers become their digits."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        many = isinstance(value, list)
        data.setlist(
            name, [str(v) for v in value] if many else ["" if value is None else str(value)]
        )
    return data


class MoveAPI:
    """``POST .../moves/<name>`` for a viewset: fields of the move's form, ``note``, ``seen``.

    The header ``Idempotency-Key`` makes the move count once. ``forms`` maps moves to the
    forms that pages use too.
    """

    workflow = None
    forms = {}

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"], url_path="moves/(?P<move>[a-z_]+)", url_name="move")
    def move(self, request, pk=None, move=None):
        return self.make(move, self.get_object())

    def make(self, name, record, status=200):
        """Make one move with the request's data, and answer with the record."""
        data = flat(self.translate(self.request.data))
        data["key"] = self.request.headers.get("Idempotency-Key", "")
        move, user = self.workflow[name], self.request.user
        refuse_a_stranger(move, record, user, move.post_of(user, record))  # before the data
        form = self.forms.get(name, MoveForm)(data, record=record, move=move, actor=user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        done = form.perform(self.workflow)
        return Response(self.get_serializer(done).data, status=status)

    def translate(self, data):
        """Hook: turn nested JSON into the flat fields of the form."""
        return data

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, url_path="events", url_name="events")
    def events(self, request, pk=None):
        """The events of this record's tree, oldest first."""
        events = readable(Event.objects.of_trees(self.get_object().root), request.user).in_order()
        return Response(EventSerializer(events, many=True).data)


class BulkAPI(MoveAPI):
    """``POST .../bulk``: one move on many records, and the outcome of each."""

    bulk = None

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    @action(detail=False, methods=["post"], url_path="bulk", url_name="bulk")
    def many(self, request):
        """``move``, ``records: [{id, seen}]``, and the fields of the move; 200 for any outcome."""
        seen = seen_in(request.data)
        move = self.bulk[request.data.get("move")]
        fields = {k: v for k, v in request.data.items() if k not in ("move", "records")}
        data = flat(self.translate(fields))
        outcomes = make_each(self.bulk, move, self.get_queryset(), seen, data, request.user)
        made = sum(outcome.made for outcome in outcomes)
        results = [as_result(outcome) for outcome in outcomes]
        return Response({"made": made, "failed": len(outcomes) - made, "results": results})


def seen_in(data):
    """The records of a bulk move as {id: ``moves_made`` that was read}; or ValidationError."""
    records = objects_in(data, "records")
    seen = chosen([f"{record.get('id')}:{record.get('seen')}" for record in records])
    if len(seen) != len(records):
        raise serializers.ValidationError({"records": ["Each once, with id and seen."]})
    if refusal := refused(seen):
        raise serializers.ValidationError({"records": [refusal]})
    return seen


def as_result(outcome):
    return {
        "id": outcome.pk,
        "status": outcome.status,
        "reason": outcome.reason,
        "state": outcome.record.state if outcome.record else None,
        "moves_made": outcome.record.moves_made if outcome.record else None,
    }


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class MovesField(serializers.ReadOnlyField):
    """The moves that the person who asks can make on this record now."""

    def __init__(self, workflow, **options):
        self.workflow = workflow
        super().__init__(source="*", **options)

    def to_representation(self, record):
        user = self.context["request"].user
        return [move.name for move in self.workflow.open_to(user, record)]


class EventSerializer(serializers.ModelSerializer):
    class Meta:
        model = Event
        fields = [
            "tree",
            "position",
            "subject",
            "verb",
            "before",
            "after",
            "actor_name",
            "organisation",
            "organisation_name",
            "role",
            "deputy_for",
            "at",
            "note",
            "data_digest",
            "previous",
            "digest",
        ]


class LineSerializer(serializers.Serializer):
    fiscal_year = serializers.IntegerField()
    source = serializers.CharField()
    won = serializers.IntegerField()


def objects_in(data, name):
    """The list of objects under ``name``; none if it is not sent."""
    found = data.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise serializers.ValidationError({name: ["A list of objects."]})
    return found


def line_fields(data):
    """``lines: [{fiscal_year, source, won}]`` as the fields of a grid."""
    flat = {name: value for name, value in data.items() if name != "lines"}
    for line in objects_in(data, "lines"):
        flat[f"won_{line.get('fiscal_year')}_{line.get('source')}"] = line.get("won")
    return flat


def row_fields(data, table, name="rows"):
    """A list of objects under ``name`` as the rows of a form's table; if not sent, they stay."""
    if name not in data:
        return data
    rows = objects_in(data, name)
    flat = {key: value for key, value in data.items() if key != name}
    flat[f"{table}-TOTAL_FORMS"] = len(rows)
    flat[f"{table}-INITIAL_FORMS"] = len(rows)
    for number, row in enumerate(rows):
        flat |= {f"{table}-{number}-{key}": value for key, value in row.items()}
    return flat


def as_name(value):
    """An identifier as sent; a NUL, which no database takes, finds nothing."""
    return str(value).replace("\x00", "?")


def as_number(value):
    """A primary key as sent; what is no number finds nothing."""
    return int(value) if str(value).isascii() and str(value).isdigit() else 0
