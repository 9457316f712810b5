"""API of reminder rules and of decreed holidays, as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from foundation.models import DecreedHoliday
from foundation.web.api import MoveAPI, MovesField

from ..matters.escalation import levels
from ..matters.schedules import schedule_of
from .forms import NOBODY, REMINDING, RulesForm, call_for_rules, roles_with
from .holidays import HOLIDAY, HOLIDAY_FORMS
from .models import MOST_BEFORE, MOST_BETWEEN
from .preview import preview


class CallField(serializers.Serializer):
    """The key of the call; without it, the rules for all calls without their own rule."""

    call = serializers.IntegerField(required=False, allow_null=True, min_value=1)


def days(least, most):
    number = serializers.IntegerField(min_value=least, max_value=most)
    return serializers.ListField(child=number, required=False, allow_null=True)


class RuleSerializer(serializers.Serializer):
    """A rule in working days; a field left out or null has its default."""

    kind = serializers.ChoiceField([kind.name for kind in REMINDING])
    before = days(0, MOST_BEFORE)
    every = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=MOST_BETWEEN
    )
    climbs = days(-MOST_BEFORE, MOST_BEFORE)


class RulesSerializer(CallField):
    rules = RuleSerializer(many=True)
    just_try = serializers.BooleanField(default=False)

    def validate_rules(self, rules):
        kinds = [rule["kind"] for rule in rules]
        if len(set(kinds)) < len(kinds):
            raise serializers.ValidationError("One rule for each kind.")
        return rules


class RuleViewSet(viewsets.ViewSet):
    """Reminder rules of each kind, for coordinators: days of reminders and of escalation."""

    @extend_schema(parameters=[CallField], responses=OpenApiTypes.OBJECT)
    def list(self, request):
        """Rules of one call (``?call=``), else for all calls. ``own``: a rule is saved there."""
        asked = CallField(data=request.query_params)
        asked.is_valid(raise_exception=True)
        call = call_for_rules(request.user, asked.validated_data.get("call"))
        return Response(as_json(RulesForm(call=call, actor=request.user)))

    @extend_schema(request=RulesSerializer, responses=OpenApiTypes.OBJECT)
    def create(self, request):
        """Save these rules instead of those of the call, or preview them (``just_try``)."""
        call_for_rules(request.user, None)
        sent = RulesSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        call = call_for_rules(request.user, data.get("call"))
        form = RulesForm(form_data(data["rules"]), call=call, actor=request.user)
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        if data["just_try"]:
            return Response(preview_json(preview(call, form.rules_if_saved())))
        form.save()
        return Response(as_json(RulesForm(call=call, actor=request.user)))


def form_data(rules):
    """The rules as data of the form of the page."""
    data = {}
    for rule in rules:
        kind, before, climbs = rule["kind"], rule.get("before"), rule.get("climbs")
        data[f"every_{kind}"] = rule.get("every")
        if before is not None:
            data[f"before_{kind}"] = ", ".join(map(str, before)) or "0"
        if climbs is not None:
            data[f"climbs_{kind}"] = ", ".join(map(str, climbs)) or NOBODY
    return data


def as_json(form):
    """The rule of each kind: its own rule, or the default."""
    return {"call": form.key, "rules": [rule_json(form, line) for line in form.lines]}


def rule_json(form, line):
    kind, own = line["kind"], form.own.get(line["kind"].name)
    schedule = schedule_of(own) if own else line["usual"]
    return {
        "kind": kind.name,
        "label": str(kind.label),
        "own": own is not None,
        "before": list(schedule.before),
        "every": schedule.every,
        "climbs": [
            {"late": late, "roles": roles_with(level.permission)}
            for _rank, late, level in levels(kind.escalation, schedule.climbs)
        ],
    }


def preview_json(found):
    """The preview of reminders: recipient, matter and day of each."""
    lines = [
        {
            "day": line["day"],
            "kind": str(line["kind"]),
            "person": line["person"].name,
            "record": line["record"].reference,
            "due": line["due"],
            "escalation": line["is_escalation"],
        }
        for line in found["preview"]
    ]
    return {"days": found["days"], "more": found["has_more"], "preview": lines}


class HolidaySerializer(serializers.ModelSerializer):
    moves = MovesField(HOLIDAY)

    class Meta:
        model = DecreedHoliday
        fields = ["id", "state", "moves_made", "day", "name_ko", "name_en", "decree", "moves"]


class HolidayViewSet(MoveAPI, viewsets.ReadOnlyModelViewSet):
    """Holidays decreed at short notice; public and substitute holidays are built in."""

    queryset = DecreedHoliday.objects.none()
    serializer_class = HolidaySerializer
    workflow, forms = HOLIDAY, HOLIDAY_FORMS
    filterset_fields = ["day", "state"]

    def get_queryset(self):
        return DecreedHoliday.objects.visible_to(self.request.user).order_by("-day", "-pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    def create(self, request):
        """Enter a decreed holiday: ``day``, ``name_ko``, ``name_en``, ``decree``."""
        return self.make("decree", DecreedHoliday(), status=201)
