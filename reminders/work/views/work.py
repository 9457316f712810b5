"""Page of my work, the first page after signing in."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import Deputy
from foundation.time import clock
from foundation.web.bulk import act_on_many
from reminders.rules.views.holidays import may_decree

from ..bulk_handover import HANDED, KIND
from ..filters import WorkFilter
from ..handover import reach
from ..my_work import SHOWN, Work, pressing
from ..unassigned import unassigned
from ..work_query import in_words
from .handovers import left_behind


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
        "unassigned": unassigned_at(request.user, today),
        "deputies": deputies_of(request.user, today),
        "hands_over": bool(reach(request.user)),
        "may_decree": may_decree(request.user),
    }
    return render(request, "reminders/work/work.html", context)


@require_safe
@cache_control(private=True, max_age=60)
def badge(request):
    """The number beside “My work” in the menu; a separate request, so that no page waits for it."""
    count = pressing(request.user, clock.today())
    return render(request, "reminders/work/badge.html", {"count": count, "words": in_words(count)})


def unassigned_at(user, today):
    """Unassigned work at the organisations whose work ``user`` may hand over."""
    bodies = reach(user)
    return unassigned(today, bodies) if bodies else []


def offer_to_hand(user, work):
    """The bulk moves that hand the shown rows of the chosen kind to a colleague."""
    bulk = HANDED.get(work.wanted.kind)
    shown = work.records.get(work.wanted.kind, {})
    return bulk.offer(user, shown.values()) if bulk and shown else []


def deputies_of(user, today):
    """The running deputyships of ``user``, as the absent person or as the deputy."""
    rows = Deputy.objects.running(today).filter(Q(deputy=user) | Q(absent=user))
    rows = rows.select_related("absent", "deputy").prefetch_related("organisation__spells")
    return rows.order_by("until", "pk")


def hand_many(request, kind):
    """The page of one move that hands the chosen rows of a kind to a colleague."""
    if kind not in HANDED:
        raise Http404
    rows = KIND[kind].open(clock.today()).visible_to(request.user)
    return act_on_many(request, HANDED[kind], rows, "reminders:work")
