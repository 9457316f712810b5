"""URLs of the page with a proposal beside its review, and of comments."""

from django.urls import path

from . import views

urlpatterns = [
    path("reviews/<int:pk>/read/", views.read, name="read"),
    path("reviews/<int:pk>/unsaved/", views.keep_unsaved_answer, name="jot-answer"),
    path("reviews/<int:pk>/comments/new/", views.new_comment, name="new-comment"),
    path("comments/<int:pk>/moves/<slug:move>/", views.move_comment, name="move-comment"),
]
