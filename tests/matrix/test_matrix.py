"""The answer that each person gets, at every address and in every state, as in ``table.txt``.

The table is written by hand: a line for each address or move, the states in which it is answered
so, and a character for each of ``PEOPLE``. A new address without a line fails the test.

With ``bin/test --long`` everybody asks in every state. Otherwise each line is asked in one of its
states, by one person for each different answer in the line. The choice depends on the line only,
so it is the same in every run.
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
ASKED_ELSEWHERE = {  # they need a stored file or a body; these tests check who may
    "GET /attachments/#/",  # tests/projects/attachments/test_attachments.py
    "GET /attachments/#/drop/",  # the same
    "GET /handovers/#/",  # tests/reminders/work/test_handover.py
    "GET /calendar/#.ics",  # tests/reminders/work/test_calendar_feed.py: a secret in the address is needed
    "GET /unsubscribe/#/",  # tests/reminders/outbox/test_unsubscribing.py: a signed token is needed
    "POST /api/v1/proposals/#/parts/#/",  # tests/projects/drafting/test_parts_api.py
}


def lines():
    """(row, states, characters) of every line of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, states, characters = (part.strip() for part in line.split("|"))
            yield label, states.split(), characters


def expected_in(state):
    """The rows of the table that are asked in one state: {row: characters}."""
    return {
        label: characters
        for label, states, characters in lines()
        if state in asked_of(label, states)
    }


def asked_of(label, states):
    """The states in which a line is asked."""
    return states if LONG else [states[crc32(label.encode()) % len(states)]]


def who_asks(label, characters):
    """The positions of one person for each different answer of a line."""
    by_character = {}
    for place, answer in enumerate(characters):
        by_character.setdefault(answer, []).append(place)
    chance = crc32(label.encode()[::-1])
    return {places[chance % len(places)] for places in by_character.values()}


def shown_to(places, characters):
    """The expected answers, blank for people who do not ask."""
    return "".join(
        answer if place in places else asking.NOBODY_ASKED
        for place, answer in enumerate(characters)
    )


def compare(state, cast, at_hand, **options):
    """Request the rows of one state: {row: (expected, found)} where the answers differ."""
    expected, only = expected_in(state), None
    if not LONG:
        only = {label: who_asks(label, characters) for label, characters in expected.items()}
        expected = {
            label: shown_to(only[label], characters) for label, characters in expected.items()
        }
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
