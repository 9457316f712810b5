"""Refusals of the system as HTTP answers of the API."""

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from foundation.engine.workflow import NotNow


def handle(reason, context):
    """Answer a refusal with 409, its message, and a list of what is missing if it is known."""
    if isinstance(reason, NotNow):
        missing = [{"text": str(text), "place": place} for text, place in reason.places]
        body = {"detail": str(reason)} | ({"missing": missing} if missing else {})
        return Response(body, status=status.HTTP_409_CONFLICT)
    return exception_handler(reason, context)
