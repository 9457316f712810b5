"""URLs of issues between parties."""

from django.urls import path

from . import views

urlpatterns = [
    path("issues/", views.issues, name="issues"),
    path("issues/<int:pk>/", views.issue, name="issue"),
    path("issues/<int:pk>/moves/<slug:move>/", views.move_issue, name="move-issue"),
    path("sides/<int:pk>/moves/<slug:move>/", views.move_side, name="move-issue-side"),
    path("proposals/<int:pk>/issues/new/", views.new_issue, name="new-issue"),
]
