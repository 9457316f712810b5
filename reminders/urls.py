"""Addresses of what is due."""

from django.urls import path

from . import calendars, handovers, holidays, views
from .preferences import preferences, unsubscribe, void_links
from .rules import reminder_rules

urlpatterns = [
    path("", views.work, name="work"),
    path("work/badge/", views.badge, name="work-badge"),
    path("work/<slug:kind>/hand/", views.hand_many, name="hand-many"),
    path("handovers/", handovers.handovers, name="handovers"),
    path("handovers/<int:post>/", handovers.handover, name="handover"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/new/", holidays.new_holiday, name="new-holiday"),
    path("holidays/<int:pk>/", holidays.holiday, name="holiday"),
    path("holidays/<int:pk>/moves/<slug:move>/", holidays.move_holiday, name="move-holiday"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="calendar-feed"),
    path("calendar/<slug:change>/", calendars.change_calendar, name="change-calendar"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="read-notices"),
    path("preferences/", preferences, name="preferences"),
    path("preferences/links/", void_links, name="void-links"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("calls/<int:pk>/reminders/", reminder_rules, name="reminder-rules"),
    path("calls/reminders/", reminder_rules, name="general-rules"),
    path("operation/", views.operation, name="operation"),
    path("operation/<int:pk>/<slug:decision>/", views.decide_notice, name="decide-notice"),
]
