"""What bodies the API reads."""

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class ObjectParser(JSONParser):
    """Every body of this API is one JSON object."""

    def parse(self, *args, **options):
        data = super().parse(*args, **options)
        if not isinstance(data, dict):
            raise ParseError("The body must be a JSON object.")
        return data
