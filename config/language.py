"""Korean first: pages speak Korean until the reader chooses another language by the switch."""

from django.conf import settings
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

API = "/api/"


class ChosenLanguage(LocaleMiddleware):
    """Pages follow the switch alone; the API follows Accept-Language, as programs expect."""

    def process_request(self, request):
        if request.path.startswith(API):
            super().process_request(request)
            return
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
