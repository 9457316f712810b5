import random
import unicodedata
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from foundation.intake.files import MOST_BYTES, examine, safe_name
from tests import samples


@pytest.mark.parametrize("name", samples.HONEST)
def test_honest_file_is_recognised_by_its_content(name):
    kind = examine(name, samples.HONEST[name])

    assert name.lower().endswith(kind.endings)


@pytest.mark.parametrize("case", samples.HOSTILE)
def test_hostile_file_is_refused_with_its_reason(case):
    name, content, reason = samples.HOSTILE[case]

    with pytest.raises(ValidationError) as refusal:
        examine(name, content)

    assert reason in refusal.value.messages[0]


def test_file_over_the_limit_is_refused():
    with pytest.raises(ValidationError) as refusal:
        examine("a.pdf", b"%PDF-1.7" + b"\0" * MOST_BYTES)

    assert "26MB" in refusal.value.messages[0]


@pytest.mark.parametrize("name", samples.HONEST)
def test_broken_file_is_refused_and_never_a_fault(name):
    dice = random.Random(name)
    whole = samples.HONEST[name]

    for _round in range(300):
        broken = bytearray(whole)
        for _break in range(dice.randint(1, 8)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        cut = bytes(broken[: dice.randint(1, len(broken))])
        with suppress(ValidationError):
            examine(name, cut)


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("계획서.pdf", "계획서.pdf"),
        (unicodedata.normalize("NFD", "계획서.pdf"), "계획서.pdf"),
        ("  계획 (1차) & <b>.pdf ", "계획 (1차) & <b>.pdf"),
        ("지도 🗺.png", "지도 🗺.png"),
    ],
)
def test_name_is_composed_and_kept(given, safe):
    assert safe_name(given) == safe


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.pdf", "C:\\temp\\a.pdf", "a\0.pdf", "a\r\nSet-Cookie: x.pdf", "a\u202efdp.exe",
        "a\u2066b.pdf", "a\u200bb.pdf", "a\x1b[31m.pdf", "a\u2028b.pdf", "a" * 147 + ".pdf",
    ],
)  # fmt: skip
def test_name_with_what_is_not_seen_is_refused(name):
    with pytest.raises(ValidationError):
        safe_name(name)
