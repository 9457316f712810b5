"""URLs of attachments of a proposal."""

from django.urls import path

from . import views

urlpatterns = [
    path("proposals/<int:pk>/attachments/", views.attachments, name="attachments"),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    path("attachments/<int:pk>/drop/", views.drop_attachment, name="drop-attachment"),
]
