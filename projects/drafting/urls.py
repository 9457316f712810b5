"""URLs of the parts and components of a proposal."""

from django.urls import path

from .views import citations, components, parts

urlpatterns = [
    path("proposals/<int:pk>/parts/<slug:name>/", parts.part, name="part"),
    path("proposals/<int:pk>/unsaved/<slug:place>/", parts.keep_unsaved, name="jot"),
    path("proposals/<int:pk>/components/", components.components, name="components"),
    path("proposals/<int:pk>/components/new/", components.new_component, name="new-component"),
    path("components/<int:pk>/", components.component, name="component"),
    path("components/<int:pk>/plans/", citations.citations, name="citations"),
    path("components/<int:pk>/drop/", components.drop_component, name="drop-component"),
    path("plans/<int:pk>/projects/", citations.plan_projects, name="plan-projects"),
]
