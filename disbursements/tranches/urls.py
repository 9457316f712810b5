"""Addresses of tranches."""

from django.urls import path

from . import views

urlpatterns = [
    path("money/<int:pk>/tranches/new/", views.new_tranche, name="new-tranche"),
    path("tranches/", views.tranches, name="tranches"),
    path("tranches/<int:pk>/", views.tranche, name="tranche"),
    path("tranches/<int:pk>/moves/<slug:move>/", views.move_tranche, name="move-tranche"),
]
