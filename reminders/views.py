"""The first page of each role, and the reminders one was sent."""

from django.core.paginator import Paginator
from django.shortcuts import render

from foundation import clock

from .models import Notice
from .work import awaited_by, work_of

ROWS = 25


def work(request):
    today = clock.today()
    groups, more = work_of(request.user, today)
    context = {
        "today": today,
        "groups": groups,
        "count": sum(len(items) for items in groups.values()),
        "more": more,
        "awaited": awaited_by(request.user, today),
        "posts": request.user.posts,
    }
    return render(request, "reminders/work.html", context)


def notices(request):
    rows = Notice.objects.of(request.user)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "reminders/notices.html", {"page": page})
