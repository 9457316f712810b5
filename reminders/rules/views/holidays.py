"""Pages of the holidays decreed at short notice."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from foundation.engine.workflow import readable
from foundation.models import DecreedHoliday, Event
from foundation.time import clock
from foundation.time.calendar import working_day_from
from foundation.web.pages import make_move, open_moves

from ..holidays import HOLIDAY, HOLIDAY_FORMS, moved_by

ROWS = 25


def holidays(request):
    rows = DecreedHoliday.objects.visible_to(request.user).order_by("-day", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    moved = moved_by(page, clock.today())
    for holiday in page:
        holiday.moved = moved.get(holiday.pk)
    context = {"page": page, "may_decree": may_decree(request.user)}
    return render(request, "reminders/rules/holidays.html", context)


def may_decree(user):
    return user.may_somewhere(HOLIDAY["decree"].permission)


def new_holiday(request):
    return make_move(
        request,
        HOLIDAY,
        DecreedHoliday(),
        "decree",
        forms=HOLIDAY_FORMS,
        template="reminders/rules/new_holiday.html",
    )


def found(request, pk):
    return get_object_or_404(DecreedHoliday.objects.visible_to(request.user), pk=pk)


def holiday(request, pk):
    holiday = found(request, pk)
    context = {
        "holiday": holiday,
        "moved": moved_by([holiday], clock.today()).get(holiday.pk),
        "next_day": working_day_from(holiday.day),
        "moves": open_moves(HOLIDAY, request.user, holiday),
        "events": readable(Event.objects.of(holiday), request.user).in_order(),
    }
    return render(request, "reminders/rules/holiday.html", context)


def move_holiday(request, pk, move):
    return make_move(request, HOLIDAY, found(request, pk), move, forms=HOLIDAY_FORMS)
