"""Template context of every page: the name of the system, and its masthead."""

from django.conf import settings


def house(request):
    return {"house": {"masthead": settings.HOUSE_MASTHEAD, "name": settings.HOUSE_NAME}}
