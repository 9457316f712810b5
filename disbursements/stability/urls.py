"""Addresses of the pages of stability."""

from django.urls import path

from . import views

urlpatterns = [
    path("stability/", views.overview, name="stability"),
    path("stability/cut/", views.what_if, name="what-if"),
    path("agreements/<int:pk>/cut/", views.new_cut_amendment, name="new-cut-amendment"),
]
