"""URLs of visits and sessions."""

from django.urls import path

from . import views

urlpatterns = [
    path("calls/<int:pk>/sessions/", views.sessions, name="sessions"),
    path("calls/<int:pk>/sessions/new/", views.new_session, name="new-session"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/minutes/", views.minutes, name="minutes"),
    path("sessions/<int:pk>/moves/<slug:move>/", views.move_session, name="move-session"),
]
