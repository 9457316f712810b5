"""URLs of reminders, package by package."""

from django.urls import include, path

app_name = "reminders"
urlpatterns = [
    path("", include("reminders.work.urls")),
    path("", include("reminders.rules.urls")),
    path("", include("reminders.outbox.urls")),
]
