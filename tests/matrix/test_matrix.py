"""Who is answered what, at every address and in every state: compared with the table by hand.

The table stands in ``table.txt``: a line for each address or move, the states in which it is
answered so, and a sign for each of ``PEOPLE``. A new address without a line fails.
"""

from pathlib import Path

import pytest

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


def expected_in(state):
    """The rows of the table for one state: {row: signs}."""
    found = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            label, states, signs = (part.strip() for part in line.split("|"))
            if state in states.split():
                found[label] = signs
    return found


def differences(state, found):
    """What is answered otherwise than the table says, ready to be read and judged."""
    expected = expected_in(state)
    return {
        label: (expected.get(label, "no line"), found.get(label, "not asked"))
        for label in sorted({*expected, *found})
        if expected.get(label) != found.get(label)
    }


@pytest.mark.parametrize("state", PROPOSALS)
def test_answers_about_a_proposal(cast, call, state):
    at_hand = keys_of(PROPOSALS[state](cast, call)) | {"call": call.pk}

    assert differences(state, asking.answers(cast, at_hand, about=OF_PROPOSALS)) == {}


@pytest.mark.parametrize("state", AGREEMENTS)
def test_answers_about_an_agreement(cast, call, state):
    at_hand = keys_at(AGREEMENTS[state](cast, call))

    assert differences(state, asking.answers(cast, at_hand, about=OF_AGREEMENTS)) == {}


def test_answers_about_everything_else(cast, keys):  # noqa: F811 -- the fixture
    kinds = {row[4] for row in asking.rows()}
    found = asking.answers(cast, keys, about=kinds - OF_PROPOSALS - OF_AGREEMENTS)
    lists = asking.answers(cast, {}, about=kinds, lists=True)

    assert differences("any", found | lists) == {}


def test_every_address_has_a_line():
    lines = {line.split("|")[0].strip() for line in TABLE.read_text(encoding="utf-8").splitlines()}

    assert {row[0] for row in asking.rows()} - lines == ASKED_ELSEWHERE
