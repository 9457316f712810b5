"""Pages of the notices of a person, and of mails that failed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from foundation.time import clock

from ..expiring_certificates import expiring
from ..models import Notice
from ..monitoring import state
from ..sending.texts import put_in_words

ROWS = 25


def notices(request):
    rows = Notice.objects.of(request.user)
    page = Paginator(rows.select_related("person__mail_preference"), ROWS)
    page = page.get_page(request.GET.get("page"))
    put_in_words([notice for notice in page if not notice.is_in_words], clock.today())
    up_to = max((notice.pk for notice in page), default=0)
    return render(request, "reminders/outbox/notices.html", {"page": page, "up_to": up_to})


@require_POST
def read_notices(request):
    """Mark one's own notices as read, except those written after the page was shown."""
    shown = request.POST.get("up_to", "")
    if len(shown) > 18 or not (shown.isascii() and shown.isdigit()):
        raise Http404
    Notice.objects.read(request.user, int(shown))
    return redirect("reminders:notices")


def operation(request):
    """State of the outbox, and the failed mails, about which an administrator decides."""
    only_for_administrators(request.user)
    rows = Notice.objects.failed().select_related("person")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "state": state(), "expiring": expiring(clock.today())}
    return render(request, "reminders/outbox/operation.html", context)


DECISIONS = {
    "try_again": (Notice.objects.try_again, gettext_lazy("It will be mailed with the next round.")),
    "give_up": (Notice.objects.give_up, gettext_lazy("It is given up and will not be mailed.")),
}


@require_POST
def decide_notice(request, pk, decision):
    """Try a failed notice again, or give it up."""
    only_for_administrators(request.user)
    if decision not in DECISIONS:
        raise Http404
    decide, done = DECISIONS[decision]
    if decide(pk):
        messages.success(request, done)
    else:
        messages.error(request, _("Somebody has decided about it already."))
    return redirect("reminders:operation")


def only_for_administrators(user):
    if not user.is_staff:
        raise PermissionDenied
