"""API of my work, as JSON."""

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from foundation.time import clock

from .filters import WorkFilter
from .my_work import Work


class WorkViewSet(viewsets.ViewSet):
    """Open matters of the signed-in person by urgency, and matters that others must do first."""

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def list(self, request):
        """Filters: ``kind``, ``late=1``, ``call`` and ``agreement`` (keys); of a kind ``page``.

        ``counts`` are the numbers of all matters by group.
        """
        chosen = WorkFilter(request.query_params, user=request.user)
        if not chosen.is_valid():
            raise serializers.ValidationError(chosen.errors)
        work = Work(request.user, clock.today(), chosen.wanted)
        mine = {group: [as_json(item) for item in items] for group, items in work.groups.items()}
        waiting = [as_json(item) for item in work.awaited]
        return Response(mine | {"waiting_for": waiting, "counts": work.counts})


def as_json(item):
    return {
        "kind": item.kind.name,
        "label": str(item.kind.label),
        "record": item.record.reference,
        "title": str(item.record),
        "page": item.record.get_absolute_url(),
        "agreement": str(item.agreement or ""),
        "due": item.due,
        "working_days": item.days,
        "holder": getattr(item.holder, "pk", None),
        "holder_name": str(item.holder or ""),
        "since": item.since,
        "last_reminded": item.reminded,
        "advice": str(item.advice),
    }
