"""The page of the ranking of a call."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render

from projects.calls.models import Call

from ..ranking import ranking_of


def ranking(request, pk):
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("projects.view_ranking", call):
        raise PermissionDenied
    context = {"call": call, "places": ranking_of(call), "criteria": call.criteria.order_by("pk")}
    return render(request, "projects/selection/ranking.html", context)
