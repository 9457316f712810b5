"""Addresses of statements of account and fiscal years."""

from django.urls import path

from .views import statements, years

urlpatterns = [
    path("agreements/<int:pk>/money/<int:year>/", years.agreement_year, name="agreement-year"),
    path("agreements/<int:pk>/statement/", statements.statement, name="statement"),
    path("agreements/<int:pk>/statement.pdf", statements.statement_pdf, name="statement-pdf"),
    path("agreements/<int:pk>/statement.xlsx", statements.statement_xlsx, name="statement-xlsx"),
    path("agreements/<int:pk>/statement.csv", statements.statement_csv, name="statement-csv"),
    path("budgets/ministry/", years.ministry_year, name="ministry-year"),
    path("budgets/local/", years.local_year, name="local-year"),
    path("budgets/ahead/", years.ceilings_ahead, name="ceilings-ahead"),
]
