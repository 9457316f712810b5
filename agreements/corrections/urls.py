"""URLs of corrections and their confirmations."""

from django.urls import path

from . import views

urlpatterns = [
    path("agreements/<int:pk>/corrections/new/", views.new_correction, name="new-correction"),
    path("corrections/<int:pk>/", views.correction, name="correction"),
    path(
        "corrections/<int:pk>/moves/<slug:move>/",
        views.move_correction,
        name="move-correction",
    ),
    path(
        "confirmations/<int:pk>/moves/<slug:move>/",
        views.move_confirmation,
        name="move-confirmation",
    ),
]
