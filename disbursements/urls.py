"""Addresses of money: an agreement's years, its lines, their tranches."""

from django.urls import include, path

from .views import gaps, money, stability, statements, years

urlpatterns = [
    path("stability/", stability.overview, name="stability"),
    path("stability/cut/", stability.what_if, name="what-if"),
    path("agreements/<int:pk>/cut/", stability.new_cut_amendment, name="new-cut-amendment"),
    path("agreements/<int:pk>/money/", money.agreement_money, name="agreement-money"),
    path("agreements/<int:pk>/money/<int:year>/", years.agreement_year, name="agreement-year"),
    path("agreements/<int:pk>/statement/", statements.statement, name="statement"),
    path("agreements/<int:pk>/statement.pdf", statements.statement_pdf, name="statement-pdf"),
    path("agreements/<int:pk>/statement.xlsx", statements.statement_xlsx, name="statement-xlsx"),
    path("agreements/<int:pk>/statement.csv", statements.statement_csv, name="statement-csv"),
    path("budgets/ministry/", years.ministry_year, name="ministry-year"),
    path("budgets/local/", years.local_year, name="local-year"),
    path("budgets/ahead/", years.ceilings_ahead, name="ceilings-ahead"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("money/<int:pk>/gaps/new/", gaps.new_gap_resolution, name="new-gap-resolution"),
    path("gaps/<int:pk>/", gaps.gap_resolution, name="gap-resolution"),
    path("gaps/<int:pk>/moves/<slug:move>/", gaps.move_gap_resolution, name="move-gap-resolution"),
    path("money/<int:pk>/", money.appropriation, name="appropriation"),
    path("money/<int:pk>/moves/<slug:move>/", money.move_appropriation, name="move-appropriation"),
    path("money/<int:pk>/tranches/new/", money.new_tranche, name="new-tranche"),
    path("money/<int:pk>/carry-overs/new/", money.new_carry_over, name="new-carry-over"),
    path("money/<int:pk>/settlements/new/", money.new_settlement, name="new-settlement"),
    path("carry-overs/<int:pk>/", money.carry_over, name="carry-over"),
    path("carry-overs/<int:pk>/moves/<slug:move>/", money.move_carry_over, name="move-carry-over"),
    path("settlements/<int:pk>/", money.settlement, name="settlement"),
    path("settlements/<int:pk>/moves/<slug:move>/", money.move_settlement, name="move-settlement"),
    path("tranches/", money.tranches, name="tranches"),
    path("tranches/<int:pk>/", money.tranche, name="tranche"),
    path("tranches/<int:pk>/moves/<slug:move>/", money.move_tranche, name="move-tranche"),
    path("", include("disbursements.bank.urls")),
    path("terminations/<int:pk>/money/", money.termination_money, name="termination-money"),
]
