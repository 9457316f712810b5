"""Addresses of money: an agreement's years, its lines, their tranches."""

from django.urls import path

from . import views

urlpatterns = [
    path("agreements/<int:pk>/money/", views.agreement_money, name="agreement-money"),
    path("money/<int:pk>/", views.appropriation, name="appropriation"),
    path("money/<int:pk>/moves/<slug:move>/", views.move_appropriation, name="move-appropriation"),
    path("money/<int:pk>/tranches/new/", views.new_tranche, name="new-tranche"),
    path("money/<int:pk>/carry-overs/new/", views.new_carry_over, name="new-carry-over"),
    path("money/<int:pk>/settlements/new/", views.new_settlement, name="new-settlement"),
    path("carry-overs/<int:pk>/", views.carry_over, name="carry-over"),
    path("carry-overs/<int:pk>/moves/<slug:move>/", views.move_carry_over, name="move-carry-over"),
    path("settlements/<int:pk>/", views.settlement, name="settlement"),
    path("settlements/<int:pk>/moves/<slug:move>/", views.move_settlement, name="move-settlement"),
    path("tranches/", views.tranches, name="tranches"),
    path("tranches/<int:pk>/", views.tranche, name="tranche"),
    path("tranches/<int:pk>/moves/<slug:move>/", views.move_tranche, name="move-tranche"),
    path("terminations/<int:pk>/money/", views.termination_money, name="termination-money"),
]
