"""Refusals of the house as HTTP answers of the API."""

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from foundation.engine.workflow import NotNow


def handle(reason, context):
    """A refusal is 409 with its sentence, and with what is missing where that is known."""
    if isinstance(reason, NotNow):
        missing = [{"text": str(text), "place": place} for text, place in reason.places]
        body = {"detail": str(reason)} | ({"missing": missing} if missing else {})
        return Response(body, status=status.HTTP_409_CONFLICT)
    return exception_handler(reason, context)
