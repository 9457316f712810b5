"""The first page of each role, and the reminders one was sent."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render

from accounts.models import Deputy
from foundation import clock

from .models import Notice
from .work import others_of, work_of

ROWS = 25


def work(request):
    today = clock.today()
    groups, more = work_of(request.user, today)
    context = {
        "today": today,
        "groups": groups,
        "count": sum(len(items) for items in groups.values()),
        "more": more,
        "awaited": others_of(request.user, today, groups),
        "posts": request.user.posts,
        "deputies": Deputy.objects.running(today)
        .filter(Q(deputy=request.user) | Q(absent=request.user))
        .select_related("absent", "deputy")
        .prefetch_related("organisation__spells")
        .order_by("until", "pk"),
    }
    return render(request, "reminders/work.html", context)


def notices(request):
    rows = Notice.objects.of(request.user)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "reminders/notices.html", {"page": page})
