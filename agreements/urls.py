"""Addresses of agreements, their drafts, parties and signatures."""

from django.urls import path

from .views import agreements, drafts

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/history/", agreements.history, name="agreement-history"),
    path(
        "agreements/<int:pk>/moves/<slug:move>/", agreements.move_agreement, name="move-agreement"
    ),
    path("agreements/<int:pk>/articles/new/", drafts.new_article, name="new-article"),
    path("agreements/<int:pk>/parties/new/", drafts.new_party, name="new-party"),
    path(
        "agreements/<int:pk>/schedule/<int:component>/", drafts.schedule, name="agreement-schedule"
    ),
    path("articles/<int:pk>/", drafts.article, name="article"),
    path("parties/<int:pk>/remove/", drafts.remove_party, name="remove-party"),
    path("parties/<int:pk>/moves/<slug:move>/", agreements.move_party, name="move-party"),
    path("proposals/<int:pk>/agreement/", agreements.draft_agreement, name="draft-agreement"),
]
