"""URLs of the yearly budget of a proposal."""

from django.urls import path

from .views import grid, workbook

urlpatterns = [
    path("proposals/<int:pk>/parts/budget/", grid.budget, name="budget"),
    path("proposals/<int:pk>/budget/sheet/", workbook.budget_sheet, name="budget-sheet"),
    path("proposals/<int:pk>/budget/upload/", workbook.upload_budget, name="upload-budget"),
]
