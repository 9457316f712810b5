"""The first page of each role, and the reminders one was sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Deputy
from foundation.time import clock
from foundation.web.bulk import act_on_many

from ..expiring import expiring
from ..filters import WorkFilter
from ..handing import HANDED, KIND
from ..leaving import reach
from ..models import Notice
from ..sending.words import put_in_words
from ..state import state
from ..turns import in_words
from ..unheld import unheld
from ..work import SHOWN, Work, pressing
from .handovers import left_behind
from .holidays import may_decree

ROWS = 25


def work(request):
    today, chosen = clock.today(), WorkFilter(request.GET, user=request.user)
    wanted = chosen.wanted
    work = Work(request.user, today, wanted)
    chosen.offer(work)
    context = {
        "today": today,
        "work": work,
        "filter": {"form": chosen},
        "page": Paginator(range(work.rows), SHOWN).get_page(wanted.page),
        "many": offer_to_hand(request.user, work),
        "posts": request.user.posts,
        "left": left_behind(request.user, today),
        "unheld": unheld_at(request.user, today),
        "deputies": deputies_of(request.user, today),
        "hands_over": bool(reach(request.user)),
        "may_decree": may_decree(request.user),
    }
    return render(request, "reminders/work.html", context)


@require_safe
@cache_control(private=True, max_age=60)
def badge(request):
    """What the menu says beside “My work”; it is fetched apart, so that no page waits for it."""
    count = pressing(request.user, clock.today())
    return render(request, "reminders/badge.html", {"count": count, "words": in_words(count)})


def unheld_at(user, today):
    """Work at the bodies of ``user`` for which nobody has the post, if it is theirs to give on."""
    bodies = reach(user)
    return unheld(today, bodies) if bodies else []


def offer_to_hand(user, work):
    """On the page of a kind: the moves that hand its rows to a colleague."""
    bulk = HANDED.get(work.wanted.kind)
    shown = work.records.get(work.wanted.kind, {})
    return bulk.offer(user, shown.values()) if bulk and shown else []


def deputies_of(user, today):
    """Who stands in for ``user``, and for whom they stand in."""
    rows = Deputy.objects.running(today).filter(Q(deputy=user) | Q(absent=user))
    rows = rows.select_related("absent", "deputy").prefetch_related("organisation__spells")
    return rows.order_by("until", "pk")


def hand_many(request, kind):
    """The page of one move that hands the chosen rows of a kind to a colleague."""
    if kind not in HANDED:
        raise Http404
    rows = KIND[kind].open(clock.today()).visible_to(request.user)
    return act_on_many(request, HANDED[kind], rows, "work")


def notices(request):
    rows = Notice.objects.of(request.user)
    page = Paginator(rows.select_related("person__mail_preference"), ROWS)
    page = page.get_page(request.GET.get("page"))
    put_in_words([notice for notice in page if not notice.is_in_words], clock.today())
    up_to = max((notice.pk for notice in page), default=0)
    return render(request, "reminders/notices.html", {"page": page, "up_to": up_to})


@require_POST
def read_notices(request):
    """Mark one's own notices as read, those that came after the page was shown excepted."""
    shown = request.POST.get("up_to", "")
    if len(shown) > 18 or not (shown.isascii() and shown.isdigit()):
        raise Http404
    Notice.objects.read(request.user, int(shown))
    return redirect("notices")


def operation(request):
    """How the outbox is doing, and what could not be mailed: the administrator decides."""
    only_for_administrators(request.user)
    rows = Notice.objects.failed().select_related("person")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "state": state(), "expiring": expiring(clock.today())}
    return render(request, "reminders/operation.html", context)


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
    return redirect("operation")


def only_for_administrators(user):
    if not user.is_staff:
        raise PermissionDenied
