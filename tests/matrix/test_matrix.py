"""Who is answered what, at every address and in every state: compared with the table by hand.

The table stands in ``table.txt``: a line for each address or move, the states in which it is
answered so, and a sign for each of ``PEOPLE``. A new address without a line fails.

With ``bin/test --long`` everybody asks in every state. Else each line is asked in one of its
states, by one person for each answer that stands in it: another state and other people for each
line, always the same for one.
"""

from pathlib import Path
from zlib import crc32

import pytest

from tests.effort import LONG
from tests.test_addresses import keys, without_a_log  # noqa: F401 -- fixtures of this test, too

from . import asking
from .situations import AGREEMENTS, AROUND, PROPOSALS, keys_at, keys_of

OF_PROPOSALS = {"proposal", "side", "position", "session", *AROUND}
OF_AGREEMENTS = {"agreement", "article", "party", "appropriation", "deed"}
TABLE = Path(__file__).with_name("table.txt")
ASKED_ELSEWHERE = {  # they need a stored file or a body; who may stands with what they do
    "GET /attachments/#/",  # tests/projects/test_attachments.py
    "GET /attachments/#/drop/",  # the same
    "GET /handovers/#/",  # tests/reminders/test_handover.py
    "GET /calendar/#.ics",  # tests/reminders/test_feed.py: a secret is the right
    "GET /unsubscribe/#/",  # tests/reminders/test_unsubscribing.py: so is a signed token
    "POST /api/v1/proposals/#/parts/#/",  # tests/projects/test_parts_api.py
}


def lines():
    """(row, states, signs) of every line of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, states, signs = (part.strip() for part in line.split("|"))
            yield label, states.split(), signs


def expected_in(state):
    """The rows of the table that are asked in one state: {row: signs}."""
    return {label: signs for label, states, signs in lines() if state in asked_of(label, states)}


def asked_of(label, states):
    """The states in which a line is asked."""
    return states if LONG else [states[crc32(label.encode()) % len(states)]]


def who_asks(label, signs):
    """The places of one person for each different answer of a line."""
    by_sign = {}
    for place, answer in enumerate(signs):
        by_sign.setdefault(answer, []).append(place)
    chance = crc32(label.encode()[::-1])
    return {places[chance % len(places)] for places in by_sign.values()}


def shown_to(places, signs):
    """The answers of those who ask alone."""
    return "".join(
        answer if place in places else asking.NOBODY_ASKED for place, answer in enumerate(signs)
    )


def compare(state, cast, at_hand, **options):
    """Ask the rows of one state: what is answered otherwise than the table says."""
    expected, only = expected_in(state), None
    if not LONG:
        only = {label: who_asks(label, signs) for label, signs in expected.items()}
        expected = {label: shown_to(only[label], signs) for label, signs in expected.items()}
    found = asking.answers(cast, at_hand, only=only, **options)
    return {
        label: (expected.get(label, "no line"), found.get(label, "not asked"))
        for label in sorted({*expected, *found})
        if expected.get(label) != found.get(label)
    }


@pytest.mark.parametrize("state", PROPOSALS)
def test_answers_about_a_proposal(cast, call, state):
    at_hand = keys_of(PROPOSALS[state](cast, call)) | {"call": call.pk}

    assert compare(state, cast, at_hand, about=OF_PROPOSALS) == {}


@pytest.mark.parametrize("state", AGREEMENTS)
def test_answers_about_an_agreement(cast, call, state):
    at_hand = keys_at(AGREEMENTS[state](cast, call))

    assert compare(state, cast, at_hand, about=OF_AGREEMENTS) == {}


def test_answers_about_everything_else(cast, keys):  # noqa: F811 -- the fixture
    kinds = {row[4] for row in asking.rows()}
    others = kinds - OF_PROPOSALS - OF_AGREEMENTS

    assert compare("any", cast, keys, about=others, lists_of=kinds) == {}


def test_every_address_has_a_line():
    assert {row[0] for row in asking.rows()} - {line[0] for line in lines()} == ASKED_ELSEWHERE
