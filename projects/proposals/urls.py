"""URLs of proposals."""

from django.urls import path

from .views import bulk, comparison, documents, proposals

urlpatterns = [
    path("calls/<int:call>/proposals/new/", proposals.new_proposal, name="new-proposal"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/bulk/", bulk.bulk_proposals, name="bulk-proposals"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/moves/<slug:move>/", proposals.move_proposal, name="move-proposal"),
    path("proposals/<int:pk>/copy/", proposals.copy_proposal, name="copy-proposal"),
    path("proposals/<int:pk>/compare/", comparison.compare, name="compare"),
    path("proposals/<int:pk>/print/", documents.print_page, name="print"),
    path("proposals/<int:pk>/proposal.pdf", documents.pdf_file, name="proposal-pdf"),
]
