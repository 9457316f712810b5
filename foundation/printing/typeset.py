"""Documents as PDF: a template of ours, plain data, the same fonts everywhere."""

import json
from datetime import UTC
from pathlib import Path
from threading import BoundedSemaphore

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from foundation.time import clock

from .font_coverage import MISSING, printable, signs_of

STANDARDS = ["a-2a", "ua-1"]  # to be kept for long, and to be read aloud
FONTS = ("PretendardGOV-Regular.otf", "PretendardGOV-Bold.otf")
MOST_SIGNS = 1_500_000  # some hundreds of pages
AT_ONCE = BoundedSemaphore(2)


class NotTypeset(Exception):
    """A document could not be made; the words are for whoever runs the product."""


class TooLong(NotTypeset):
    """More text than is set in reasonable time."""


def pdf(template, data, *, language, standards=STANDARDS, embedded=None, tags=True):
    """A document as PDF/A and PDF/UA-1; ``template`` is a path below the product's folder.

    The data reach the template as JSON and never as markup, so no text can become a command.
    ``embedded`` reaches it as it is, byte for byte: files that a template attaches. Without
    ``tags`` it is a drawing to be put into another document.
    """
    fonts = Path(settings.FONTS)
    try:
        signs = frozenset.intersection(*(signs_of(fonts / name) for name in FONTS))
    except FileNotFoundError as lost:
        raise NotTypeset(f"A font is missing: {lost.filename}.") from lost
    given = cleaned(data, signs)
    more = {"language": language, "gaps": gaps(given), "embedded": embedded}
    shown = json.dumps(given | more, ensure_ascii=False)
    if len(shown) > MOST_SIGNS:
        raise TooLong(f"{len(shown)} signs are too many for one document.")
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
    """What to tell the reader where signs are missing."""
    if MISSING not in json.dumps(given, ensure_ascii=False):
        return ""
    return _("Signs that the font of this document does not have are shown as %s.") % MISSING


def cleaned(value, signs):
    """The same data with texts that the fonts can set."""
    if isinstance(value, str):
        return printable(value, signs)
    if isinstance(value, dict):
        return {name: cleaned(each, signs) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, signs) for each in value]
    return value
