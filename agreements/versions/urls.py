"""URLs of agreements and their versions."""

from django.urls import path

from .views import agreements, comparison

urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/history/", agreements.history, name="agreement-history"),
    path(
        "agreements/<int:pk>/moves/<slug:move>/", agreements.move_agreement, name="move-agreement"
    ),
    path("proposals/<int:pk>/agreement/", agreements.draft_agreement, name="draft-agreement"),
    path("agreements/<int:pk>/versions/", comparison.versions, name="versions"),
    path("agreements/<int:pk>/versions/<int:number>/", agreements.version, name="version"),
    path("agreements/<int:pk>/comparison/", comparison.comparison, name="agreement-comparison"),
]
