"""The table of a deputyship, written by hand."""

from accounts.workflow import DEPUTY
from foundation.engine.workflow import NEW

DEPUTIES = {
    ("name", "accounts.name_deputy"): {NEW: "named"},
    ("end", "accounts.name_deputy"): {"named": "ended"},
    ("take_up", "accounts.take_up_post"): {"named": "ended"},
}


def test_table_by_hand():
    written = {
        (move.name, move.permission): dict.fromkeys(move.source, move.target)
        for move in DEPUTY.moves.values()
    }

    assert written == DEPUTIES


def test_only_the_absent_take_up_their_post():
    assert {move.name: move.only_by for move in DEPUTY.moves.values()} == {
        "name": (),
        "end": (),
        "take_up": ("absent",),
    }
