"""URLs of drafts, templates and remarks."""

from django.urls import path

from .views import drafts, remarks, templates

urlpatterns = [
    path("agreements/<int:pk>/articles/new/", drafts.new_article, name="new-article"),
    path("agreements/<int:pk>/parties/new/", drafts.new_party, name="new-party"),
    path("agreements/<int:pk>/amounts/anew/", drafts.take_amounts, name="take-amounts"),
    path("articles/<int:pk>/", drafts.article, name="article"),
    path("articles/<int:pk>/place/", drafts.place_article, name="place-article"),
    path("articles/<int:pk>/remove/", drafts.remove_article, name="remove-article"),
    path("articles/<int:pk>/remarks/new/", remarks.new_remark, name="new-remark"),
    path("remarks/<int:pk>/", remarks.remark, name="remark"),
    path("remarks/<int:pk>/moves/<slug:move>/", remarks.move_remark, name="move-remark"),
    path("calls/<int:pk>/template/", templates.template, name="template"),
    path(
        "calls/<int:pk>/template/moves/<slug:move>/", templates.move_template, name="move-template"
    ),
    path("parties/<int:pk>/remove/", drafts.remove_party, name="remove-party"),
]
