"""Every move answers whatever is sent: with a way on or a refusal, and never with a fault.

Each move is sent three of fifteen pairs of a person and what they send, with ``bin/test --long``
all of them.

The answer for every person at every address is in ``tests/matrix``.
"""

import logging
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.workflow import DEPUTY
from agreements.models import Article
from agreements.workflow import (
    AGREEMENT,
    AMENDMENT,
    CONFIRMATION,
    CORRECTION,
    DELEGATION,
    EVALUATION,
    PAPER,
    PARTY,
    REMARK,
    REPORT,
    TEMPLATE,
    TERMINATION,
)
from disbursements.bank.workflow import BANK_ACCOUNT, BANK_LINE, PAYMENT_BATCH
from disbursements.models import Appropriation
from disbursements.workflow import APPROPRIATION, CARRY_OVER, GAP_RESOLUTION, SETTLEMENT, TRANCHE
from plans.models import Area, Plan
from plans.workflow import AREA, PLAN
from projects.models import Condition, Letter, Review
from projects.workflow import (
    CALL,
    CEILING,
    COMMENT,
    CONDITION,
    ISSUE,
    ISSUE_SIDE,
    POSITION,
    PROPOSAL,
    QUESTION,
    REVIEW,
    ROUND,
    SESSION,
)
from reminders.rules.holidays import HOLIDAY
from tests import factories
from tests.disbursements import acts
from tests.effort import LONG
from tests.test_house import named_addresses

SENDERS = ("drafter", "motir_payer", "coordinator")
LIBRARY = ("account_", "admin", "api-")
MOVES = {
    "reminders:move-holiday": HOLIDAY,
    "accounts:move-deputy": DEPUTY,
    "projects:move-call": CALL,
    "plans:move-plan": PLAN,
    "plans:move-area": AREA,
    "projects:move-proposal": PROPOSAL,
    "projects:move-review": REVIEW,
    "projects:move-question": QUESTION,
    "projects:move-condition": CONDITION,
    "projects:move-ceiling": CEILING,
    "projects:move-issue": ISSUE,
    "projects:move-issue-side": ISSUE_SIDE,
    "projects:move-session": SESSION,
    "projects:move-comment": COMMENT,
    "projects:move-round": ROUND,
    "projects:move-position": POSITION,
    "agreements:move-agreement": AGREEMENT,
    "agreements:move-party": PARTY,
    "agreements:move-report": REPORT,
    "agreements:move-evaluation": EVALUATION,
    "agreements:move-amendment": AMENDMENT,
    "agreements:move-termination": TERMINATION,
    "agreements:move-paper": PAPER,
    "agreements:move-remark": REMARK,
    "agreements:move-template": TEMPLATE,
    "agreements:move-delegation": DELEGATION,
    "agreements:move-correction": CORRECTION,
    "agreements:move-confirmation": CONFIRMATION,
    "disbursements:move-appropriation": APPROPRIATION,
    "disbursements:move-tranche": TRANCHE,
    "disbursements:move-carry-over": CARRY_OVER,
    "disbursements:move-settlement": SETTLEMENT,
    "disbursements:move-gap-resolution": GAP_RESOLUTION,
    "disbursements:move-bank-account": BANK_ACCOUNT,
    "disbursements:move-payment": PAYMENT_BATCH,
    "disbursements:move-bank-line": BANK_LINE,
}


@pytest.fixture(autouse=True)
def without_a_log():
    """A refusal is a line of the log; thousands of them are kept from memory."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def keys(cast, call):
    """A primary key for every kind of address, of records in the middle of their road."""
    version = factories.in_force(cast, call)
    remark = factories.remark(cast, factories.drafted(cast, call, title="초안"))
    making = factories.amending(cast, call, title="변경 중")
    paper = factories.paper(cast, factories.signing(cast, call, title="서명 중"))
    correction = factories.correction(cast, factories.frozen(cast, call, title="확정"))
    draft = factories.complete_proposal(cast, call, title="작성 중")
    line = acts.vote(cast, Appropriation.objects.filter(source="national").first(), 1_000)
    tranche = acts.request(cast, line, 500)
    settled = Appropriation.objects.filter(source="national").exclude(pk=line.pk).first()
    account = acts.account(cast)
    batch = acts.send(cast, acts.batch(cast, acts.granted(cast, line, 100)))
    batch = acts.read(cast, batch, acts.answer_of(batch, won=7))
    in_review = factories.submitted(cast, call, title="검토 중")
    asked = factories.question(cast, in_review.reviews.get(ministry="MOTIR"))
    issue = factories.issue(cast, in_review)
    session = factories.session(cast, call, in_review)
    noted = factories.comment(cast, in_review.reviews.get(ministry="MOTIR"))
    factories.conditioned(cast, call, title="조건부")
    round_asked = factories.proposed(cast, call, title="조정 중")
    plan = Plan(kind="balanced", title_ko="계획", title_en="Plan", issuer=cast.committee)
    plan.first_year, plan.last_year = 2025, 2030
    area = Area(kind="smart_city", region=cast.gangneung, since=date(2024, 1, 1))
    return {
        "holiday": factories.decree(cast).pk,
        "plan": PLAN.perform("enter", plan, actor=cast["coordinator"]).pk,
        "area": AREA.perform("designate", area, actor=cast["coordinator"]).pk,
        "deputy": factories.deputy(cast, "motir_reviewer", "motir_finance").pk,
        "call": call.pk,
        "proposal": draft.pk,
        "component": draft.components.first().pk,
        "review": Review.objects.first().pk,
        "question": asked.pk,
        "issue": issue.pk,
        "side": issue.sides.first().pk,
        "session": session.pk,
        "comment": noted.pk,
        "condition": Condition.objects.get().pk,
        "letter": Letter.objects.first().pk,
        "ceiling": factories.ceiling(cast, cast.motir, 2027, 10**12).pk,
        "round": round_asked.pk,
        "position": round_asked.positions.first().pk,
        "agreement": version.agreement_id,
        "number": 1,
        "amendment": making.amendment_id,
        "termination": factories.termination(cast, version).pk,
        "article": Article.objects.last().pk,
        "party": version.parties.first().pk,
        "report": (report := factories.reported(cast, call, title="보고")).pk,
        "evaluation": report.evaluations.first().pk,
        "deed": version.deeds.first().pk,
        "paper": paper.pk,
        "remark": remark.pk,
        "delegation": factories.delegation(cast).pk,
        "organisation": "gangwon",
        "correction": correction.pk,
        "confirmation": correction.confirmations.first().pk,
        "appropriation": line.pk,
        "tranche": tranche.pk,
        "notice": 1,
        "gap": acts.propose_gap(cast, line, 10).pk,
        "year": line.fiscal_year,
        "carry": acts.carry(cast, line, 10).pk,
        "settlement": acts.report(cast, settled).pk,
        "bank_account": account.pk,
        "payment": batch.pk,
        "bank_line": batch.lines.get().pk,
    }


OF_ADDRESS = {
    "holidays/": "holiday",
    "deputies/": "deputy",
    "calls/": "call", "proposals/": "proposal", "components/": "component", "reviews/": "review",
    "questions/": "question", "comments/": "comment",
    "conditions/": "condition",
    "letters/": "letter",
    "ceilings/": "ceiling",
    "issues/": "issue", "sides/": "side", "sessions/": "session",
    "rounds/": "round", "positions/": "position",
    "amendments/": "amendment", "terminations/": "termination",
    "agreements/": "agreement", "articles/": "article", "reports/": "report", "evaluations/": "evaluation", "parties/": "party",
    "remarks/": "remark", "templates/": "call",
    "deeds/": "deed", "papers/": "paper", "delegations/": "delegation",
    "corrections/": "correction", "confirmations/": "confirmation",
    "money/": "appropriation", "tranches/": "tranche",
    "operation/": "notice",
    "carry-overs/": "carry", "settlements/": "settlement", "gaps/": "gap", "gap-resolutions/": "gap",
    "bank-accounts/": "bank_account", "payments/": "payment", "bank-lines/": "bank_line",
}  # fmt: skip


def filled(name, route, keys, move):
    """The address of a route with keys of the right kind."""
    kind = next(
        (k for prefix, k in OF_ADDRESS.items() if route.removeprefix("api/v1/").startswith(prefix)),
        "",
    )
    values = {}
    for _type, plain, group in re.findall(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>", route):
        which = plain or group
        values[which] = move if which == "move" else keys.get(which, keys.get(kind, 1))
    return reverse(name, kwargs=values)


SENT = (
    {},
    {"seen": "x"},
    {"seen": "-1", "key": "k" * 99},
    {"note": "\x00"},
    {"won": "9" * 40, "as_of": "0000-00-00"},
)


def test_every_move_answers_whatever_is_sent(cast, keys):
    clients = {who: Client(raise_request_exception=False) for who in SENDERS}
    for who, client in clients.items():
        client.force_login(cast[who])
    faults = []
    for number, (name, route, move) in enumerate(every_move()):
        pairs = [(who, sent) for sent in SENT for who in SENDERS]
        for who, sent in pairs if LONG else pairs[number % 5 :: 5]:
            status = clients[who].post(filled(name, route, keys, move), sent).status_code
            if status not in (302, 403, 404, 409, 422):
                faults.append((who, name, move, sent, status))

    assert faults == []


def every_move():
    """(name, route, move) of every move that a page makes."""
    for name, route in named_addresses(get_resolver()):
        for move in MOVES[name].moves if name in MOVES else ():
            yield name, route, move
