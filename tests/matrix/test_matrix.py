"""The answer that each person gets, at every address and in every state.

Most answers follow from permissions, workflow and visibility (``derived.py``); the others are
written by hand in ``exceptions.txt``, as a character for each of ``PEOPLE``. A new address that is
neither fails the test.

With ``bin/test --long`` everybody asks in every state. Otherwise each row is asked in one of its
states, by one person for each different answer in the row. The choice depends on the row only,
so it is the same in every run. A GET that writes is answered with 500, and so fails it.
"""

from pathlib import Path
from zlib import crc32

import pytest

from tests.effort import LONG
from tests.test_addresses import keys, without_a_log  # noqa: F401 -- fixtures of this test, too

from . import asking, derived
from .situations import AGREEMENTS, ANY, AROUND, EXISTS_IN, PROPOSALS, keys_at, keys_of, kinds_in

OF_PROPOSALS = {"proposal", "side", "position", "session", *AROUND}
OF_AGREEMENTS = {"agreement", "article", "party", "appropriation", "deed"}
EXCEPTIONS = Path(__file__).with_name("exceptions.txt")
ASKED_ELSEWHERE = {  # they need a stored file or a body; these tests check who may
    "GET /attachments/#/",  # tests/projects/attachments/test_attachments.py
    "GET /attachments/#/drop/",  # the same
    "GET /handovers/#/",  # tests/reminders/work/test_handover.py
    "GET /calendar/#.ics",  # tests/reminders/work/test_calendar_feed.py: a secret in the address is needed
    "GET /unsubscribe/#/",  # tests/reminders/outbox/test_unsubscribing.py: a signed token is needed
    "POST /api/v1/proposals/#/parts/#/",  # tests/projects/drafting/test_parts_api.py
}


def exceptions():
    """(label, states, characters) of every line that is written by hand."""
    for line in EXCEPTIONS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, states, characters = (part.strip() for part in line.split("|"))
            yield label, states.split(), characters


def by_hand(state):
    """The answers written by hand for one state: {label: characters}."""
    return {label: characters for label, states, characters in exceptions() if state in states}


def is_asked(row, state, written):
    """Whether a row is asked in this state; ``written``: in which states by hand."""
    label, _name, _method, needed, kind, _move = row
    states = EXISTS_IN.get(kind, ANY) if needed else ANY
    if not derived.is_derived(row):
        states = written[label]
    return state in states if LONG else state == states[crc32(label.encode()) % len(states)]


def who_asks(label, characters):
    """The positions of one person for each different answer of a row."""
    by_character = {}
    for place, answer in enumerate(characters):
        by_character.setdefault(answer, []).append(place)
    chance = crc32(label.encode()[::-1])
    return {places[chance % len(places)] for places in by_character.values()}


def everybody(_label, characters):
    return range(len(characters))


def compare(state, cast, at_hand, *, about, lists_of=()):
    """Request the rows of one state: {label: (expected, found)} where the answers differ.

    Asked are the rows about records of the kinds ``about``, and of the kinds ``lists_of`` those
    that need no record.
    """
    exceptional, written, different = by_hand(state), {}, {}
    for label, states, _characters in exceptions():
        written.setdefault(label, []).extend(states)
    clients = [asking.client_of(cast, who) for who in asking.PEOPLE]
    for row in asking.rows():
        label, needed, kind = row[0], row[3], row[4]
        if label in ASKED_ELSEWHERE or kind not in (about if needed else lists_of):
            continue
        if not is_asked(row, state, written):
            continue
        expected = exceptional.get(label) or derived.expected(cast, row, at_hand)
        places = (everybody if LONG else who_asks)(label, expected)
        found = asking.answers(clients, row, at_hand, places)
        if not derived.agree(expected, found):
            different[label] = (expected, found)
    return different


@pytest.mark.parametrize("state", PROPOSALS)
def test_answers_about_a_proposal(cast, call, state):
    at_hand = keys_of(PROPOSALS[state](cast, call)) | {"call": call.pk}

    assert at_hand.keys() - {"call"} == kinds_in(state)
    assert compare(state, cast, at_hand, about=OF_PROPOSALS) == {}


@pytest.mark.parametrize("state", AGREEMENTS)
def test_answers_about_an_agreement(cast, call, state):
    at_hand = keys_at(AGREEMENTS[state](cast, call))

    assert at_hand.keys() - {"component"} == kinds_in(state)
    assert compare(state, cast, at_hand, about=OF_AGREEMENTS) == {}


def test_answers_about_everything_else(cast, keys):  # noqa: F811 -- the fixture
    kinds = {row[4] for row in asking.rows()}
    others = kinds - OF_PROPOSALS - OF_AGREEMENTS

    assert compare("any", cast, keys, about=others, lists_of=kinds) == {}


def test_every_address_is_derived_or_written_by_hand_or_asked_elsewhere():
    written = {label for label, _states, _characters in exceptions()}
    labels = {row[0] for row in asking.rows() if not derived.is_derived(row)}

    assert labels - written == ASKED_ELSEWHERE


def test_no_exception_is_about_an_address_that_is_gone():
    assert {label for label, _s, _c in exceptions()} <= {row[0] for row in asking.rows()}
