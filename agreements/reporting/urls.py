"""URLs of yearly reports and evaluations."""

from django.urls import path

from . import views

urlpatterns = [
    path("agreements/<int:pk>/reports/", views.reports, name="reports"),
    path("agreements/<int:pk>/reports/new/", views.new_report, name="new-report"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/moves/<slug:move>/", views.move_report, name="move-report"),
    path("evaluations/<int:pk>/moves/<slug:move>/", views.move_evaluation, name="move-evaluation"),
]
