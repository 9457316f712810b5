"""Addresses of what is due."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.work, name="work"),
    path("notices/", views.notices, name="notices"),
    path("operation/", views.operation, name="operation"),
    path("operation/<int:pk>/<slug:decision>/", views.decide_notice, name="decide-notice"),
]
