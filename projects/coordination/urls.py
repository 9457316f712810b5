"""URLs of rounds of coordination and positions."""

from django.urls import path

from . import views

urlpatterns = [
    path("proposals/<int:pk>/coordination/", views.coordination, name="coordination"),
    path("proposals/<int:pk>/rounds/new/", views.new_round, name="new-round"),
    path("rounds/<int:pk>/", views.round_page, name="round"),
    path("rounds/<int:pk>/moves/<slug:move>/", views.move_round, name="move-round"),
    path("positions/<int:pk>/moves/<slug:move>/", views.move_position, name="move-position"),
]
