"""URLs of calls and ceilings."""

from django.urls import path

from .views import calls, ceilings

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.new_call, name="new-call"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/moves/<slug:move>/", calls.move_call, name="move-call"),
    path("ceilings/", ceilings.ceilings, name="ceilings"),
    path("ceilings/new/", ceilings.new_ceiling, name="new-ceiling"),
    path("ceilings/<int:pk>/", ceilings.ceiling, name="ceiling"),
    path("ceilings/<int:pk>/moves/<slug:move>/", ceilings.move_ceiling, name="move-ceiling"),
]
