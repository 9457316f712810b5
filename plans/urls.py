"""Addresses of plans and designated areas."""

from django.urls import path

from . import views

app_name = "plans"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/new/", views.new_plan, name="new-plan"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/moves/<slug:move>/", views.move_plan, name="move-plan"),
    path("areas/", views.areas, name="areas"),
    path("areas/new/", views.new_area, name="new-area"),
    path("areas/<int:pk>/", views.area, name="area"),
    path("areas/<int:pk>/moves/<slug:move>/", views.move_area, name="move-area"),
]
