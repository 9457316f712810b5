"""Where things stand in the budget's workbook, and its words in either language."""

import unicodedata

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from projects.proposals.models import Source

SHEET = _("Budget form")
GUIDE = _("How to fill it in")
HEAD_ROW, FIRST_ROW = 5, 8  # counted from 0; sums stand between the two
KEY, COMPONENT, MINISTRY, SOURCE, FIRST_YEAR = range(5)
KEY_HEADING, SUM_KEY = "id", "sum"
OWNER = "proposal:%s"
HEADINGS = {COMPONENT: _("Component"), MINISTRY: _("Ministry"), SOURCE: _("Source")}
SUM = _("Sum")


def in_every_language(words):
    """A label as it is written in each language, since a form may come back in any."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(words))
    return found


MOST_COMPARED = 1_000  # letters: no title is as long, and single letters unfold to twenty


def folded(value):
    """Text as it is compared: letters and digits, without regard to width and case."""
    plain = unicodedata.normalize("NFKC", str(value)[:MOST_COMPARED]).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def is_heading(value, words):
    return folded(value) in map(folded, in_every_language(words))


def sources():
    """{label in any language: source}"""
    return {
        folded(label): source.value
        for source in Source
        for label in [*in_every_language(source.label), source.value]
    }
