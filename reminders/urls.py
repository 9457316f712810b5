"""Addresses of what is due."""

from django.urls import path

from . import calendars, handovers, views

urlpatterns = [
    path("", views.work, name="work"),
    path("work/badge/", views.badge, name="work-badge"),
    path("work/<slug:kind>/hand/", views.hand_many, name="hand-many"),
    path("handovers/<int:post>/", handovers.handover, name="handover"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendars.feed, name="calendar-feed"),
    path("calendar/<slug:change>/", calendars.change_calendar, name="change-calendar"),
    path("notices/", views.notices, name="notices"),
    path("operation/", views.operation, name="operation"),
    path("operation/<int:pk>/<slug:decision>/", views.decide_notice, name="decide-notice"),
]
