"""Compare two texts word by word (diff)."""

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 20_000  # with more, whole lines are compared, which is faster


def words(before, after):
    """Pieces of both texts in order: ("same" | "gone" | "new", text)."""
    return list(pieces(*cut(before, after)))


def cut(before, after):
    left, right = WORD.findall(before), WORD.findall(after)
    if len(left) + len(right) > MOST_WORDS:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return left, right


def pieces(left, right):
    matcher = SequenceMatcher(None, left, right, autojunk=len(left) > 2_000)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield "same", "".join(left[a:b])
            continue
        if a < b:
            yield "gone", "".join(left[a:b])
        if c < d:
            yield "new", "".join(right[c:d])
