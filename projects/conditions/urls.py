"""URLs of conditions of ministries."""

from django.urls import path

from . import views

urlpatterns = [
    path("conditions/", views.conditions, name="conditions"),
    path("conditions/<int:pk>/", views.condition, name="condition"),
    path("conditions/<int:pk>/moves/<slug:move>/", views.move_condition, name="move-condition"),
]
