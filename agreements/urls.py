"""Addresses of agreements, their drafts, parties and signatures."""

from django.urls import path

from . import views

urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<int:pk>/", views.agreement, name="agreement"),
    path("agreements/<int:pk>/history/", views.history, name="agreement-history"),
    path("agreements/<int:pk>/moves/<slug:move>/", views.move_agreement, name="move-agreement"),
    path("agreements/<int:pk>/articles/new/", views.new_article, name="new-article"),
    path("agreements/<int:pk>/parties/new/", views.new_party, name="new-party"),
    path(
        "agreements/<int:pk>/schedule/<int:component>/", views.schedule, name="agreement-schedule"
    ),
    path("articles/<int:pk>/", views.article, name="article"),
    path("parties/<int:pk>/remove/", views.remove_party, name="remove-party"),
    path("parties/<int:pk>/moves/<slug:move>/", views.move_party, name="move-party"),
    path("proposals/<int:pk>/agreement/", views.draft_agreement, name="draft-agreement"),
]
