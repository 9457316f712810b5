"""Addresses of gaps, carry-overs and settlements."""

from django.urls import path

from .views import gaps, money

urlpatterns = [
    path("gaps/", gaps.gaps, name="gaps"),
    path("money/<int:pk>/gaps/new/", gaps.new_gap_resolution, name="new-gap-resolution"),
    path("gaps/<int:pk>/", gaps.gap_resolution, name="gap-resolution"),
    path("gaps/<int:pk>/moves/<slug:move>/", gaps.move_gap_resolution, name="move-gap-resolution"),
    path("money/<int:pk>/carry-overs/new/", money.new_carry_over, name="new-carry-over"),
    path("money/<int:pk>/settlements/new/", money.new_settlement, name="new-settlement"),
    path("carry-overs/<int:pk>/", money.carry_over, name="carry-over"),
    path("carry-overs/<int:pk>/moves/<slug:move>/", money.move_carry_over, name="move-carry-over"),
    path("settlements/<int:pk>/", money.settlement, name="settlement"),
    path("settlements/<int:pk>/moves/<slug:move>/", money.move_settlement, name="move-settlement"),
    path("terminations/<int:pk>/money/", money.termination_money, name="termination-money"),
]
