"""Addresses of what is due."""

from django.urls import path

from .views import calendars, handovers, holidays, work
from .views.preferences import preferences, unsubscribe, void_links
from .views.rules import reminder_rules

urlpatterns = [
    path("", work.work, name="work"),
    path("work/badge/", work.badge, name="work-badge"),
    path("work/<slug:kind>/hand/", work.hand_many, name="hand-many"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/<int:post>/", handovers.handover, name="handover"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/new/", holidays.new_holiday, name="new-holiday"),
    path("holidays/<int:pk>/", holidays.holiday, name="holiday"),
    path("holidays/<int:pk>/moves/<slug:move>/", holidays.move_holiday, name="move-holiday"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="calendar-feed"),
    path("calendar/<slug:change>/", calendars.change_calendar, name="change-calendar"),
    path("notices/", work.notices, name="notices"),
    path("notices/read/", work.read_notices, name="read-notices"),
    path("preferences/", preferences, name="preferences"),
    path("preferences/links/", void_links, name="void-links"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("calls/<int:pk>/reminders/", reminder_rules, name="reminder-rules"),
    path("calls/reminders/", reminder_rules, name="general-rules"),
    path("operation/", work.operation, name="operation"),
    path("operation/<int:pk>/<slug:decision>/", work.decide_notice, name="decide-notice"),
]
