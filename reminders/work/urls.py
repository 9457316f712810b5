"""URLs of my work, handovers and the calendar."""

from django.urls import path

from .views import calendars, handovers, work

urlpatterns = [
    path("", work.work, name="work"),
    path("work/badge/", work.badge, name="work-badge"),
    path("work/<slug:kind>/hand/", work.hand_many, name="hand-many"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/<int:post>/", handovers.handover, name="handover"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="calendar-feed"),
    path("calendar/<slug:change>/", calendars.change_calendar, name="change-calendar"),
]
