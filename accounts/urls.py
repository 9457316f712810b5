"""Addresses of deputies."""

from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("deputies/", views.deputies, name="deputies"),
    path("deputies/new/", views.new_deputy, name="new-deputy"),
    path("deputies/<int:pk>/", views.deputy, name="deputy"),
    path("deputies/<int:pk>/moves/<slug:move>/", views.move_deputy, name="move-deputy"),
]
