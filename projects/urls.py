"""Addresses of calls, proposals and reviews."""

from django.urls import path

from . import review_views, views

urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls/new/", views.new_call, name="new-call"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("calls/<int:pk>/moves/<slug:move>/", views.move_call, name="move-call"),
    path("calls/<int:call>/proposals/new/", views.new_proposal, name="new-proposal"),
    path("proposals/", views.proposals, name="proposals"),
    path("proposals/<int:pk>/", views.proposal, name="proposal"),
    path("proposals/<int:pk>/moves/<slug:move>/", views.move_proposal, name="move-proposal"),
    path("proposals/<int:pk>/components/new/", views.new_component, name="new-component"),
    path("components/<int:pk>/", views.component, name="component"),
    path("components/<int:pk>/drop/", views.drop_component, name="drop-component"),
    path("reviews/", review_views.reviews, name="reviews"),
    path("reviews/<int:pk>/", review_views.review, name="review"),
    path("reviews/<int:pk>/moves/<slug:move>/", review_views.move_review, name="move-review"),
]
