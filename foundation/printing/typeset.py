"""Make PDF documents with Typst: our templates, plain data, the same fonts everywhere."""

import json
from datetime import UTC
from pathlib import Path
from threading import BoundedSemaphore

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.time import clock

from .font_coverage import MISSING, characters_of, printable

STANDARDS = ["a-2a", "ua-1"]  # for archives, and for screen readers
FONTS = ("PretendardGOV-Regular.otf", "PretendardGOV-Bold.otf")
MOST_CHARACTERS = 1_500_000  # some hundreds of pages
AT_ONCE = BoundedSemaphore(2)


class NotTypeset(Exception):
    """A document could not be made; the message is for the operator."""


class TooLong(NotTypeset):
    """The document has more text than can be set in reasonable time."""


def pdf(template, data, *, language, standards=STANDARDS, embedded=None, tags=True):
    """A document as PDF/A and PDF/UA-1; ``template`` is a path below the product's folder.

    The data reach the template as JSON and never as markup, so no text can become a command.
    ``embedded`` reaches it as it is, byte for byte: files that a template attaches. Without
    ``tags`` it is a drawing to be put into another document. Raises :class:`NotTypeset`.
    """
    fonts = Path(settings.FONTS)
    try:
        characters = frozenset.intersection(*(characters_of(fonts / name) for name in FONTS))
    except FileNotFoundError as lost:
        raise NotTypeset(f"A font is missing: {lost.filename}.") from lost
    given = cleaned(data, characters)
    more = {"language": language, "gaps": gaps(given), "embedded": embedded}
    shown = json.dumps(given | more, ensure_ascii=False)
    if len(shown) > MOST_CHARACTERS:
        raise TooLong(f"{len(shown)} characters are too many for one document.")
    with AT_ONCE:
        return compiled(template, shown, fonts, standards, tags)


def compiled(template, shown, fonts, standards, tags):
    try:
        return typst.compile(
            str(settings.BASE_DIR / template),
            root=str(settings.BASE_DIR),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs={"data": shown},
            pdf_standards=standards,
            pdf_tags=tags,
            timestamp=clock.now().astimezone(UTC).replace(microsecond=0),
        )
    except (typst.TypstError, RuntimeError) as reason:
        raise NotTypeset(str(reason)) from reason


def gaps(given):
    """The note for the reader if the fonts lack some characters; else an empty string."""
    if MISSING not in json.dumps(given, ensure_ascii=False):
        return ""
    return _("Signs that the font of this document does not have are shown as %s.") % MISSING


def cleaned(value, characters):
    """The same data with only characters that the fonts have."""
    if isinstance(value, str):
        return printable(value, characters)
    if isinstance(value, dict):
        return {name: cleaned(each, characters) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, characters) for each in value]
    return value
