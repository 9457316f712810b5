"""No input at any endpoint of proposals and reviews causes a server error."""

import json

import pytest
from django.test import Client

from projects.comments.forms import COMMENT_FORMS
from projects.drafting.forms import PART_FORMS
from projects.issues.forms import ISSUE_FORMS
from projects.proposals.forms import PROPOSAL_FORMS
from projects.reviews.forms import QUESTION_FORMS, REVIEW_FORMS
from projects.sessions.forms import SESSION_FORMS
from tests import factories
from tests.effort import LONG, effort

NASTY = [
    None,
    "",
    "\x00",
    "\ud800",
    "\u202e‮뒤집기",
    "=cmd|'/C calc'!A0",
    "<script>alert(1)</script>",
    "가" * 20_000,
    10**30,
    -1,
    1.5,
    1e400,
    True,
    [],
    [[]],
    {},
    {"id": {}},
    ["\x00", None, {}],
    "9999-12-31",
    "0000-00-00",
    "2027-13-01",
]
NAMES = (
    *("title", "purpose", "first_year", "last_year", "partners", "text", "base", "seen", "key"),
    *("note", "cells", "rows", "lines", "unit", "id", "won_2027_national", "answer", "reason"),
    *("conditions", "marks", "points_1", "ministry", "kind", "about", "due_on", "place"),
    *("sides", "options", "position", "favours", "chosen", "changed", "decision", "proposal"),
    *("held_on", "items", "members", "supplements", "present", "file", "options-TOTAL_FORMS"),
    *("colleague", "lead_ministry", "reviewer", "call", "applicant", "goals", "DELETE"),
    *("conditions-TOTAL_FORMS", "conditions-0-owner", "shortcomings-0-part", "paper"),
    *("risks-TOTAL_FORMS", "risks-INITIAL_FORMS", "risks-0-id", "risks-0-title", "more"),
)
FEWER = effort(10, 5)
PARTS = [name for name in PART_FORMS if name == "section-need" or "section" not in name]
LISTS = ("rows", "cells", "lines", "marks", "options", "items", "members")
LISTS += ("conditions", "shortcomings")
ROWS = [{"title": "x", "id": 1}, {"component": [], "fiscal_year": "x"}, {"criterion": None}, [], 7]


@pytest.fixture
def endpoints(cast, call):
    """(who, address of the API) of every act on a draft, on a review and on a question."""
    factories.criteria(call, 60, 40)
    draft = factories.complete_proposal(cast, call)
    asked = factories.questioned(cast, call, title="검토 중")
    review, question = asked.reviews.get(ministry="MOTIR"), asked.questions.get()
    base = f"/api/v1/proposals/{draft.pk}"
    found = [("drafter", f"{base}/parts/{part}/") for part in PARTS]
    found += [("drafter", f"{base}/moves/{move}/") for move in PROPOSAL_FORMS]
    found += [("drafter", f"{base}/components/"), ("drafter", "/api/v1/proposals/")]
    found += [("drafter", f"/api/v1/questions/{question.pk}/moves/answer/")]
    found += [("motir_reviewer", f"/api/v1/reviews/{review.pk}/moves/{m}/") for m in REVIEW_FORMS]
    found += [("motir_approver", f"/api/v1/reviews/{review.pk}/moves/assign/")]
    found += [("motir_reviewer", f"/api/v1/reviews/{review.pk}/questions/")]
    comment = factories.comment(cast, review)
    found += [
        ("motir_reviewer", f"/api/v1/comments/{comment.pk}/moves/{m}/") for m in COMMENT_FORMS
    ]
    found += [("motir_reviewer", f"/api/v1/reviews/{review.pk}/comments/")]
    found += [("coordinator", f"{base}/moves/{move}/") for move in ("select", "reserve", "promote")]
    issue, session = factories.issue(cast, asked), factories.session(cast, call, asked)
    found += [("coordinator", f"/api/v1/issues/{issue.pk}/moves/{move}/") for move in ISSUE_FORMS]
    found += [("coordinator", f"/api/v1/sessions/{session.pk}/moves/{m}/") for m in SESSION_FORMS]
    found += [("coordinator", "/api/v1/issues/"), ("coordinator", "/api/v1/sessions/")]
    side = issue.sides.get(organisation="MOTIR")
    found += [("motir_reviewer", f"/api/v1/sides/{side.pk}/moves/state/")]
    assert QUESTION_FORMS.keys() == {"ask", "answer"}
    return found


def sent(client, address, data):
    body = json.dumps(data) if not isinstance(data, str) else data
    return client.post(address, body, content_type="application/json").status_code


def clients(cast):
    made = {}
    for who in ("drafter", "motir_reviewer", "motir_approver", "coordinator"):
        made[who] = Client(raise_request_exception=False)
        made[who].force_login(cast[who])
    return made


def some_of(values, place):
    """All values with ``bin/test --long``; else every fifth, others at the next endpoint."""
    return values if LONG else values[place % 5 :: 5]


def test_no_json_body_causes_a_server_error(cast, endpoints):
    """Every value in all fields at once, lists of invalid rows, and bodies that are no object."""
    programs, faults = clients(cast), []
    shapes = [dict.fromkeys(NAMES, value) for value in NASTY]
    shapes += [{name: [row] for name in LISTS} for row in ROWS]
    shapes += [[], "x", "{", "[" * 5_000, '{"a":' * 5_000, "null", 7]
    for place, (who, address) in enumerate(endpoints):
        for data in some_of(shapes, place):
            if (status := sent(programs[who], address, data)) >= 500:
                faults.append((address, repr(data)[:60], status))
    assert faults == []


def test_no_single_field_causes_a_server_error(cast, endpoints):
    """One field at a time, because the error of one field may hide that of another."""
    programs, faults = clients(cast), []
    for place, (who, address) in enumerate(endpoints):
        for number, name in enumerate(NAMES[place % FEWER :: FEWER]):
            value = NASTY[(place + number) % len(NASTY)]
            if (status := sent(programs[who], address, {name: value})) >= 500:
                faults.append((address, name, repr(value)[:30], status))
    assert faults == []


def test_no_page_form_causes_a_server_error(cast, endpoints):
    """The same addresses as forms of a page, with every field at once."""
    programs, faults = clients(cast), []
    for place, (who, address) in enumerate(endpoints):
        page = address.removeprefix("/api/v1")
        for value in some_of(NASTY, place):
            text = "x" if isinstance(value, list | dict) else str(value)
            text = text.encode("utf-8", "surrogatepass").decode("latin-1")
            status = programs[who].post(page, dict.fromkeys(NAMES, text)).status_code
            if status >= 500:
                faults.append((page, repr(value)[:30], status))
    assert faults == []
