"""What every page knows about the house."""

from django.conf import settings


def house(request):
    return {"house": {"masthead": settings.HOUSE_MASTHEAD, "name": settings.HOUSE_NAME}}
