"""URLs of notices, mail settings and the operation of the outbox."""

from django.urls import path

from .views import notices, preferences

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read-notices"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("preferences/links/", preferences.void_links, name="void-links"),
    path("unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("operation/", notices.operation, name="operation"),
    path("operation/<int:pk>/<slug:decision>/", notices.decide_notice, name="decide-notice"),
]
