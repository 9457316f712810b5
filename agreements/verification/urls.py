"""URLs of the check of a PDF."""

from django.urls import path

from . import views

urlpatterns = [
    path("check/", views.check, name="check"),
]
