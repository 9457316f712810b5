"""The moves of each workflow of projects, compared with tables written by hand."""

import pytest

from foundation.engine.workflow import NEW
from projects.workflow import (
    CALL,
    CEILING,
    COMMENT,
    CONDITION,
    ISSUE,
    ISSUE_SIDE,
    LETTER,
    POSITION,
    PROPOSAL,
    QUESTION,
    REVIEW,
    ROUND,
    SESSION,
)

SYSTEM = None

CALLS = {
    ("prepare", "projects.manage_call"): {NEW: "draft"},
    ("revise", "projects.manage_call"): {"draft": "draft"},
    ("open", "projects.manage_call"): {"draft": "open"},
    ("amend", "projects.manage_call"): {"open": "open"},
    ("close", "projects.manage_call"): {"open": "closed"},
    ("divide", "projects.coordinate_proposal"): {"open": "open", "closed": "closed"},
}
PROPOSALS = {
    ("begin", "projects.write_proposal"): {NEW: "draft"},
    ("revise", "projects.write_proposal"): {"draft": "draft", "returned": "returned"},
    ("hand_over", "projects.hand_over_proposal"): {"draft": "draft", "returned": "returned"},
    ("submit", "projects.submit_proposal"): {"draft": "submitted", "returned": "submitted"},
    ("take_back", "projects.submit_proposal"): {
        "submitted": "draft",
        "screening": "draft",
        "in_review": "draft",
    },
    ("pass_on", SYSTEM): {"submitted": "screening"},
    ("recommend", "projects.screen_proposal"): {"screening": "submitted"},
    ("pass_by", "projects.screen_proposal"): {"screening": "not_selected"},
    ("accept", "projects.decide_proposal"): {"submitted": "in_review"},
    ("open_reviews", SYSTEM): {"submitted": "in_review"},
    ("conclude", SYSTEM): {"in_review": "reviewed"},
    ("reroute", SYSTEM): {"in_review": "in_review"},
    ("return", "projects.decide_proposal"): {
        "submitted": "returned",
        "in_review": "returned",
        "reviewed": "returned",
    },
    ("redate", "projects.decide_proposal"): {"returned": "returned"},
    ("coordinate", SYSTEM): {
        "reviewed": "reviewed",
        "reserve": "reserve",
        "selected": "selected",
    },
    ("select", "projects.decide_proposal"): {"reviewed": "selected"},
    ("change_lead", "projects.decide_proposal"): {"selected": "selected"},
    ("allow_above", "projects.set_ceiling"): {
        "reviewed": "reviewed",
        "reserve": "reserve",
        "selected": "selected",
    },
    ("reserve", "projects.decide_proposal"): {"reviewed": "reserve"},
    ("promote", "projects.decide_proposal"): {"reserve": "selected"},
    ("reject", "projects.decide_proposal"): {
        "reviewed": "not_selected",
        "reserve": "not_selected",
        "returned": "not_selected",
    },
    ("withdraw", "projects.submit_proposal"): {
        "draft": "withdrawn",
        "submitted": "withdrawn",
        "screening": "withdrawn",
        "reserve": "withdrawn",
        "selected": "withdrawn",
        "in_review": "withdrawn",
        "reviewed": "withdrawn",
        "returned": "withdrawn",
    },
}
REVIEWS = {
    ("ask", SYSTEM): {NEW: "waiting"},
    ("assign", "projects.confirm_review"): {"waiting": "waiting", "answered": "answered"},
    ("declare", "projects.declare_conflict"): {"waiting": "waiting", "answered": "answered"},
    ("reopen", SYSTEM): {"answered": "waiting"},
    ("answer", "projects.write_review"): {"waiting": "answered", "answered": "answered"},
    ("send_back", "projects.confirm_review"): {"answered": "waiting"},
    ("confirm", "projects.confirm_review"): {"answered": "confirmed"},
    ("disown", SYSTEM): {"confirmed": "disowned"},
    ("reroute", "projects.decide_proposal"): {"disowned": "rerouted"},
    ("ask_again", "projects.decide_proposal"): {"disowned": "waiting"},
    ("stop", SYSTEM): {"waiting": "waiting", "answered": "answered"},
    ("go_on", SYSTEM): {"waiting": "waiting", "answered": "answered"},
    ("redate", "projects.decide_proposal"): {"waiting": "waiting", "answered": "answered"},
    ("pass_over", "projects.decide_proposal"): {
        "waiting": "silent",
        "answered": "silent",
        "disowned": "silent",
    },
    ("lapse", SYSTEM): {"waiting": "lapsed", "answered": "lapsed", "disowned": "lapsed"},
}
CEILINGS = {
    ("set", "projects.set_ceiling"): {NEW: "set"},
    ("change", "projects.set_ceiling"): {"set": "set"},
}
COMMENTS = {
    ("write", "projects.write_comment"): {NEW: "open"},
    ("edit", "projects.write_comment"): {"open": "open"},
    ("resolve", "projects.write_comment"): {"open": "resolved"},
    ("reopen", "projects.write_comment"): {"resolved": "open"},
    ("withdraw", "projects.write_comment"): {"open": "withdrawn"},
}
QUESTIONS = {
    ("ask", "projects.ask_question"): {NEW: "asked"},
    ("answer", "projects.answer_question"): {"asked": "answered"},
    ("withdraw", "projects.ask_question"): {"asked": "withdrawn"},
    ("drop", SYSTEM): {"asked": "withdrawn"},
}
ISSUES = {
    ("raise", "projects.decide_proposal"): {NEW: "open"},
    ("add_option", "projects.decide_proposal"): {"open": "open"},
    ("decide", "projects.decide_proposal"): {"open": "decided"},
    ("withdraw", "projects.decide_proposal"): {"open": "withdrawn"},
    ("lapse", SYSTEM): {"open": "lapsed"},
}
ISSUE_SIDES = {
    ("ask", SYSTEM): {NEW: "asked"},
    ("state", "projects.state_position"): {"asked": "stated", "stated": "stated"},
    ("hear", SYSTEM): {"stated": "heard"},
    ("pass_over", SYSTEM): {"asked": "silent"},
}
SESSIONS = {
    ("plan", "projects.manage_call"): {NEW: "planned"},
    ("revise", "projects.manage_call"): {"planned": "planned"},
    ("redate", "projects.manage_call"): {"planned": "planned"},
    ("hold", "projects.manage_call"): {"planned": "held"},
    ("cancel", "projects.manage_call"): {"planned": "cancelled"},
}
CONDITIONS = {
    ("impose", SYSTEM): {NEW: "open"},
    ("fulfil", "projects.fulfil_condition"): {"open": "answered"},
    ("settle", "projects.settle_condition"): {"answered": "met"},
    ("send_back", "projects.settle_condition"): {"answered": "open"},
    ("waive", "projects.waive_condition"): {"open": "waived", "answered": "waived"},
    ("redate", "projects.waive_condition"): {"open": "open"},
    ("lapse", SYSTEM): {"open": "lapsed", "answered": "lapsed"},
}
LETTERS = {("write", SYSTEM): {NEW: "written"}}


ROUNDS = {
    ("propose", "projects.coordinate_proposal"): {NEW: "open"},
    ("conclude", SYSTEM): {"open": "agreed"},
    ("stall", SYSTEM): {"open": "objected"},
    ("decide", "projects.coordinate_proposal"): {"open": "decided", "objected": "decided"},
    ("withdraw", "projects.coordinate_proposal"): {"open": "withdrawn", "objected": "withdrawn"},
    ("supersede", SYSTEM): {"open": "superseded", "objected": "superseded"},
    ("lapse", SYSTEM): {"open": "lapsed", "objected": "lapsed"},
}
POSITIONS = {
    ("ask", SYSTEM): {NEW: "asked"},
    ("accept", "projects.take_position"): {"asked": "accepted", "objected": "accepted"},
    ("object", "projects.take_position"): {"asked": "objected", "accepted": "objected"},
    ("pass_over", SYSTEM): {"asked": "silent"},
    ("lapse", SYSTEM): {"asked": "lapsed"},
}


def as_written(workflow):
    """The table of a workflow in the shape of the tables above."""
    return {
        (move.name, move.permission): {
            state: state if move.target == "stays" else move.target for state in move.source
        }
        for move in workflow.moves.values()
    }


@pytest.mark.parametrize(
    ("workflow", "table"),
    [
        (CALL, CALLS),
        (PROPOSAL, PROPOSALS),
        (REVIEW, REVIEWS),
        (QUESTION, QUESTIONS),
        (CEILING, CEILINGS),
        (ISSUE, ISSUES),
        (ISSUE_SIDE, ISSUE_SIDES),
        (SESSION, SESSIONS),
        (COMMENT, COMMENTS),
        (CONDITION, CONDITIONS),
        (LETTER, LETTERS),
        (ROUND, ROUNDS),
        (POSITION, POSITIONS),
    ],
)
def test_moves_are_those_of_the_table(workflow, table):
    assert as_written(workflow) == table
