"""Which characters the fonts of our documents have: PDF/UA allows no others."""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

MISSING = "□"
LONGEST = 20  # characters without a place to break a line
LONG_WORD = re.compile(r"\S{21,}")
DIGEST = re.compile(r"[0-9a-f]{64}")
BREAK = "\u200b"  # a place to break a line, without width


@cache
def characters_of(path):
    """The code points that a font file has, from its table for all of Unicode, or ValueError."""
    font = Path(path).read_bytes()
    count = struct.unpack_from(">H", font, 4)[0]
    places = {font[i : i + 4]: struct.unpack_from(">I", font, i + 8)[0] for i in entries(count)}
    start = places[b"cmap"]
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * number)
        if (platform, encoding) == (3, 10):
            return frozenset(in_groups(font, start + offset))
    raise ValueError(f"{path} has no table for all of Unicode.")


def entries(count):
    return range(12, 12 + 16 * count, 16)


def in_groups(font, table):
    """The code points of a table of format 12: ranges of first and last."""
    for number in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last = struct.unpack_from(">II", font, table + 16 + 12 * number)
        yield from range(first, last + 1)


def printable(text, characters):
    """Text in NFC without control characters; those not in ``characters`` become ``MISSING``."""
    kept = []
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " ")):
        category = unicodedata.category(character)
        if character == "\n" or (
            ord(character) in characters and category not in ("Co", "Cc", "Cf")
        ):
            kept.append(character)
        elif category not in ("Cc", "Cf", "Mn"):
            kept.append(MISSING)
    return breakable("".join(kept))


def breakable(text):
    """A text in which long words have places to break a line; digests stay whole to be copied."""
    return LONG_WORD.sub(broken, text)


def broken(found):
    word = found[0]
    if DIGEST.fullmatch(word):
        return word
    return BREAK.join(word[i : i + LONGEST] for i in range(0, len(word), LONGEST))
