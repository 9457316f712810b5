"""Addresses of the money of an agreement and its lines."""

from django.urls import path

from . import views

urlpatterns = [
    path("agreements/<int:pk>/money/", views.agreement_money, name="agreement-money"),
    path("money/<int:pk>/", views.appropriation, name="appropriation"),
    path("money/<int:pk>/moves/<slug:move>/", views.move_appropriation, name="move-appropriation"),
]
