"""Addresses of calls, proposals and reviews."""

from django.urls import path

from .views import (
    attachments,
    budget,
    calls,
    citations,
    comparison,
    components,
    documents,
    parts,
    proposals,
    reviews,
    sheets,
)

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.new_call, name="new-call"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/moves/<slug:move>/", calls.move_call, name="move-call"),
    path("calls/<int:call>/proposals/new/", proposals.new_proposal, name="new-proposal"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/moves/<slug:move>/", proposals.move_proposal, name="move-proposal"),
    path("proposals/<int:pk>/copy/", proposals.copy_proposal, name="copy-proposal"),
    path("proposals/<int:pk>/compare/", comparison.compare, name="compare"),
    path("proposals/<int:pk>/parts/budget/", budget.budget, name="budget"),
    path("proposals/<int:pk>/budget/sheet/", sheets.budget_sheet, name="budget-sheet"),
    path("proposals/<int:pk>/budget/upload/", sheets.upload_budget, name="upload-budget"),
    path("proposals/<int:pk>/parts/<slug:name>/", parts.part, name="part"),
    path("proposals/<int:pk>/unsaved/<slug:place>/", parts.jot, name="jot"),
    path("proposals/<int:pk>/print/", documents.print_page, name="print"),
    path("proposals/<int:pk>/proposal.pdf", documents.pdf_file, name="proposal-pdf"),
    path("proposals/<int:pk>/attachments/", attachments.attachments, name="attachments"),
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("attachments/<int:pk>/drop/", attachments.drop_attachment, name="drop-attachment"),
    path("proposals/<int:pk>/components/", components.components, name="components"),
    path("proposals/<int:pk>/components/new/", components.new_component, name="new-component"),
    path("components/<int:pk>/", components.component, name="component"),
    path("components/<int:pk>/plans/", citations.citations, name="citations"),
    path("components/<int:pk>/drop/", components.drop_component, name="drop-component"),
    path("plans/<int:pk>/projects/", citations.plan_projects, name="plan-projects"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/moves/<slug:move>/", reviews.move_review, name="move-review"),
]
