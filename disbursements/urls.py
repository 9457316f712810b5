"""Addresses of money, package by package."""

from django.urls import include, path

app_name = "disbursements"
urlpatterns = [
    path("", include("disbursements.ledger.urls")),
    path("", include("disbursements.tranches.urls")),
    path("", include("disbursements.years.urls")),
    path("", include("disbursements.statements.urls")),
    path("", include("disbursements.stability.urls")),
    path("", include("disbursements.bank.urls")),
]
