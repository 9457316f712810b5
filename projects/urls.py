"""URLs of calls, proposals, reviews and their coordination, package by package."""

from django.urls import include, path

app_name = "projects"
urlpatterns = [
    path("", include("projects.calls.urls")),
    path("", include("projects.proposals.urls")),
    path("", include("projects.budget.urls")),  # before the other parts of a proposal
    path("", include("projects.drafting.urls")),
    path("", include("projects.attachments.urls")),
    path("", include("projects.reviews.urls")),
    path("", include("projects.comments.urls")),
    path("", include("projects.conditions.urls")),
    path("", include("projects.coordination.urls")),
    path("", include("projects.issues.urls")),
    path("", include("projects.sessions.urls")),
    path("", include("projects.selection.urls")),
]
