"""URLs of amendments and terminations."""

from django.urls import path

from .views import amendments, terminations

urlpatterns = [
    path("agreements/<int:pk>/amendments/new/", amendments.new_amendment, name="new-amendment"),
    path("agreements/<int:pk>/terms/", amendments.terms, name="agreement-terms"),
    path(
        "agreements/<int:pk>/amounts/<int:component>/",
        amendments.amounts,
        name="agreement-amounts",
    ),
    path("agreements/<int:pk>/lead/", amendments.lead, name="agreement-lead"),
    path("agreements/<int:pk>/heirs/", amendments.heirs, name="agreement-heirs"),
    path("agreements/<int:pk>/termination/", terminations.new_termination, name="new-termination"),
    path("amendments/<int:pk>/", amendments.amendment, name="amendment"),
    path(
        "amendments/<int:pk>/moves/<slug:move>/", amendments.move_amendment, name="move-amendment"
    ),
    path("terminations/<int:pk>/", terminations.termination, name="termination"),
    path(
        "terminations/<int:pk>/moves/<slug:move>/",
        terminations.move_termination,
        name="move-termination",
    ),
]
