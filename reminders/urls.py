"""Addresses of what is due."""

from django.urls import path

from . import views
from .preferences import preferences, unsubscribe, void_links
from .rules import reminder_rules

urlpatterns = [
    path("", views.work, name="work"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="read-notices"),
    path("preferences/", preferences, name="preferences"),
    path("preferences/links/", void_links, name="void-links"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("calls/<int:pk>/reminders/", reminder_rules, name="reminder-rules"),
    path("operation/", views.operation, name="operation"),
    path("operation/<int:pk>/<slug:decision>/", views.decide_notice, name="decide-notice"),
]
