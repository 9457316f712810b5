"""Page of the reminder rules of a call or of all calls, for coordinators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from projects.models import Call
from reminders.outbox.sending.texts import KIND

from ..forms import RulesForm, call_for_rules
from ..models import Rule, RuleChange
from ..preview import preview

SHOWN = 20  # changes of rules on a page


def reminder_rules(request, pk=None):
    """Show, preview or save the rules; a preview of the reminders of 30 days saves nothing."""
    call = call_for_rules(request.user, pk)
    form = RulesForm(request.POST or None, call=call, actor=request.user)
    context = {"call": call, "form": form}
    if form.is_valid() and "try" not in request.POST:
        form.save()
        messages.success(request, _("The rules of reminders are saved."))
        return redirect(request.path)
    if form.is_valid():
        context |= preview(call, form.rules_if_saved())
    changes = RuleChange.objects.filter(call=call).select_related("changed_by").order_by("-pk")
    page = context["page"] = Paginator(changes, SHOWN).get_page(request.GET.get("page"))
    context["changes"] = [(KIND.get(change.kind), change) for change in page]
    context["last"] = changes.first()
    if call is None:
        context["calls"] = Call.objects.visible_to(request.user).filter(
            pk__in=Rule.objects.exclude(call=None).values("call")
        )
    status = 422 if form.errors else 200
    return render(request, "reminders/rules/rules.html", context, status=status)
