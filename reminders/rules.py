"""The page on which a coordinator says when the matters of a call are reminded of."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from foundation import clock
from projects.models import Call

from .foretelling import foretell
from .models import Rule
from .ruling import RulesForm

DAYS, SHOWN = 30, 200


def reminder_rules(request, pk):
    """Show, try or keep them; trying says who would get what in thirty days, and keeps nothing."""
    call = get_object_or_404(Call.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("projects.manage_call", call):
        raise PermissionDenied
    form = RulesForm(request.POST or None, call=call, actor=request.user)
    context = {"call": call, "form": form}
    if form.is_valid() and "try" not in request.POST:
        form.save()
        messages.success(request, _("The rules of reminders are saved."))
        return redirect("reminder-rules", pk)
    if form.is_valid():
        context |= preview(call, form.tried())
    last = Rule.objects.filter(call=call).select_related("changed_by").order_by("changed_at", "pk")
    context["last"] = last.last()
    status = 422 if form.errors else 200
    return render(request, "reminders/rules.html", context, status=status)


def preview(call, rules):
    found = list(islice(foretell(clock.today(), DAYS, rules, call), SHOWN + 1))
    lines = [
        {"day": day, "kind": kind.label, "person": person, "due": due, "record": record}
        | {"is_escalation": stage.startswith("up-")}
        for day, kind, person, stage, due, record in found[:SHOWN]
    ]
    return {"preview": lines, "has_more": len(found) > SHOWN, "days": DAYS}
