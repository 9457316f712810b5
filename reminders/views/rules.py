"""The page on which a coordinator says when the matters of a call, or of all, are reminded of."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from foundation import clock
from projects.models import Call

from ..foretelling import foretell
from ..models import Rule
from ..ruling import RulesForm

DAYS, SHOWN = 30, 200
RIGHT = "projects.manage_call"


def reminder_rules(request, pk=None):
    """Show, try or keep them; trying says who would get what in thirty days, and keeps nothing."""
    call = call_of(request.user, pk)
    form = RulesForm(request.POST or None, call=call, actor=request.user)
    context = {"call": call, "form": form}
    if form.is_valid() and "try" not in request.POST:
        form.save()
        messages.success(request, _("The rules of reminders are saved."))
        return redirect(request.path)
    if form.is_valid():
        context |= preview(call, form.tried())
    last = Rule.objects.filter(call=call).select_related("changed_by").order_by("changed_at", "pk")
    context["last"] = last.last()
    if call is None:
        context["calls"] = Call.objects.visible_to(request.user).filter(
            pk__in=Rule.objects.exclude(call=None).values("call")
        )
    status = 422 if form.errors else 200
    return render(request, "reminders/rules.html", context, status=status)


def call_of(user, pk):
    """The call whose rules ``user`` may change; None: those of all calls."""
    call = get_object_or_404(Call.objects.visible_to(user), pk=pk) if pk else None
    if not (user.has_perm(RIGHT, call) if call else user.may_somewhere(RIGHT)):
        raise PermissionDenied
    return call


def preview(call, rules):
    found = list(islice(foretell(clock.today(), DAYS, rules, call), SHOWN + 1))
    lines = [
        {"day": day, "kind": kind.label, "person": person, "due": due, "record": record}
        | {"is_escalation": stage.startswith("up-")}
        for day, kind, person, stage, due, record in found[:SHOWN]
    ]
    return {"preview": lines, "has_more": len(found) > SHOWN, "days": DAYS}
