"""Rows, columns and labels of the budget workbook, in every language."""

import unicodedata

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from projects.proposals.models import Source

SHEET = _("Budget form")
GUIDE = _("How to fill it in")
HEAD_ROW, FIRST_ROW = 5, 8  # counted from 0; the rows of sums are between the two
KEY, COMPONENT, MINISTRY, SOURCE, FIRST_YEAR = range(5)
KEY_HEADING, SUM_KEY = "id", "sum"
OWNER = "proposal:%s"
HEADINGS = {COMPONENT: _("Component"), MINISTRY: _("Ministry"), SOURCE: _("Source")}
SUM = _("Sum")


def in_every_language(words):
    """A label in each language, since a workbook may be uploaded in any."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(str(words))
    return found


MOST_COMPARED = 1_000  # characters: no title is as long, and one character may normalise to twenty


def folded(value):
    """Text for comparison: letters and digits only, without width and case."""
    plain = unicodedata.normalize("NFKC", str(value)[:MOST_COMPARED]).casefold()
    return "".join(character for character in plain if character.isalnum())


def is_heading(value, words):
    return folded(value) in map(folded, in_every_language(words))


def sources():
    """{folded label in any language: source value}."""
    return {
        folded(label): source.value
        for source in Source
        for label in [*in_every_language(source.label), source.value]
    }
