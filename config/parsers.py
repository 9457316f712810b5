"""The parser of request bodies of the API."""

import json

from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ObjectParser(JSONParser):
    """Every body of this API is one JSON object, no larger than a form may be."""

    def parse(self, stream, media_type=None, parser_context=None):
        size = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if int(size) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise ParseError("The body is too large.")
        try:
            data = super().parse(stream, media_type, parser_context)
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as wrong:
            raise ParseError("The body is nested too deeply.") from wrong
        except UnicodeEncodeError as wrong:
            raise ParseError("A text holds half of a character (a lone surrogate).") from wrong
        if not isinstance(data, dict):
            raise ParseError("The body must be a JSON object.")
        return data
