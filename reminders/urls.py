"""Addresses of what is due, package by package."""

from django.urls import include, path

urlpatterns = [
    path("", include("reminders.work.urls")),
    path("", include("reminders.rules.urls")),
    path("", include("reminders.outbox.urls")),
]
