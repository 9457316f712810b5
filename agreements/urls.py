"""URLs of agreements, package by package."""

from django.urls import include, path

app_name = "agreements"
urlpatterns = [
    path("", include("agreements.versions.urls")),
    path("", include("agreements.drafting.urls")),
    path("", include("agreements.signing.urls")),
    path("", include("agreements.corrections.urls")),
    path("", include("agreements.amendments.urls")),
    path("", include("agreements.reporting.urls")),
    path("", include("agreements.verification.urls")),
]
