"""URLs of signatures, signed documents and delegations."""

from django.urls import path

from .views import delegations, documents, signing

urlpatterns = [
    path("parties/<int:pk>/moves/<slug:move>/", signing.move_party, name="move-party"),
    path("parties/<int:pk>/papers/new/", signing.new_paper, name="new-paper"),
    path("papers/<int:pk>/", signing.paper, name="paper"),
    path("papers/<int:pk>/scan/", signing.scan, name="scan"),
    path("papers/<int:pk>/moves/<slug:move>/", signing.move_paper, name="move-paper"),
    path("agreements/<int:pk>/document/", documents.document, name="document"),
    path("deeds/<int:pk>/", documents.deed, name="deed"),
    path("delegations/", delegations.delegations, name="delegations"),
    path("delegations/new/<slug:organisation>/", delegations.new_delegation, name="new-delegation"),
    path(
        "delegations/<int:pk>/moves/<slug:move>/",
        delegations.move_delegation,
        name="move-delegation",
    ),
]
