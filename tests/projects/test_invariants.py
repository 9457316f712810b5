"""Random people make random moves, allowed or not: the invariants in `docs/invariants.md` hold."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from foundation.engine.history import digest_of, first_broken
from foundation.engine.workflow import NotNow
from foundation.models import Event
from foundation.time import clock
from projects.budget.forms import write_lines
from projects.calls.ceiling_usage import envelopes
from projects.coordination.effective_amounts import lines_in, lines_of
from projects.models import (
    Call,
    Ceiling,
    Condition,
    Conflict,
    Letter,
    Position,
    Proposal,
    Question,
    Review,
    Round,
    SupportedLine,
    write_proposed,
)
from projects.workflow import CONDITION, POSITION, PROPOSAL, QUESTION, REVIEW, ROUND
from tests import factories
from tests.effort import effort

PEOPLE = (
    *("drafter", "approver", "province_approver", "motir_reviewer", "motir_approver"),
    *("mcst_reviewer", "mcst_approver", "moe_reviewer", "coordinator", "budget", "auditor"),
    "second_coordinator",
)
WORKFLOWS = {
    "proposal": PROPOSAL,
    "review": REVIEW,
    "question": QUESTION,
    "round": ROUND,
    "position": POSITION,
    "condition": CONDITION,
}
ACTS = [(kind, move) for kind, workflow in WORKFLOWS.items() for move in workflow.moves]
RARE = {
    "withdraw",
    "take_back",
    "pass_by",
    "reject",
    "return",
    "revise",
    "hand_over",
    "pass_over",
    "declare",
    "assign",
}
STEPS = some.lists(
    some.tuples(
        some.sampled_from(["likely"] * 9 + ["wild"]),
        some.sampled_from(PEOPLE),
        some.sampled_from(ACTS),
        some.integers(0, 10_000),
        some.sampled_from(list(Review.Answer)),
    ),
    min_size=20,
    max_size=40,
)


def likely(number):
    """A record with a move that its state allows to people; rare moves are chosen less often."""
    reviews = list(Review.objects.filter(state__in=Review.OPEN).order_by("pk"))
    waiting = [review for review in reviews if review.state == "waiting"]
    records = [*reviews * 4, *Question.objects.filter(state="asked").order_by("pk")]
    records += Condition.objects.unsettled().order_by("pk")
    records += [("question", "ask", review) for review in waiting]
    records += list(Proposal.objects.order_by("pk"))
    unsettled = list(Round.objects.filter(state__in=Round.UNSETTLED).order_by("pk"))
    records += unsettled + list(Position.objects.filter(round__in=unsettled).order_by("pk")) * 2
    ready = Proposal.objects.filter(state__in=("reviewed", "reserve", "selected")).order_by("pk")
    records += [("round", "propose", proposal) for proposal in ready]
    record = records[number % len(records)]
    if isinstance(record, tuple):
        return record
    kind = type(record).__name__.lower()
    moves = [m for m in WORKFLOWS[kind].moves.values() if record.state in m.source and m.permission]
    moves = [m for m in moves if m.name not in RARE or number % 7 == 0]
    return kind, moves[number // 7 % len(moves)].name if moves else "submit", record


def wild(kind, move, number):
    rows = list(WORKFLOWS[kind].model.objects.order_by("pk"))
    return kind, move, rows[number % len(rows)] if rows else None


def content_of(cast, kind, move, record, number, answer, actor):
    """(change, parts) that come with a move: what its form would write."""

    def change(row):
        if (kind, move) == ("review", "answer"):
            row.answer, row.reason = answer, "검토"
        if (kind, move) == ("question", "answer"):
            row.answer = "답변"
        if (kind, move) == ("round", "propose"):
            row.explanation, row.due_on = "조정", row.written_on
            if number == 0:  # no time to answer: overdue at once
                row.written_on = row.due_on = row.due_on - timedelta(days=1)
        if kind == "position":
            row.reason = "이의" if move == "object" else ""
        if move == "recommend":
            taken = Proposal.objects.filter(province_place=number, call=row.call).exists()
            row.province_place = None if taken else number
        if move == "reserve":
            row.reserve_place = row.pk

    def parts(row):
        if (kind, move) == ("review", "answer"):
            asked = {(x.fiscal_year, x.source): x.won for x in row.component.lines.all()}
            amounts = {} if answer in ("decline", "not_ours") else asked
            write_lines(SupportedLine, {"review": row}, amounts)
            row.marks.all().delete()
            for criterion in row.proposal.call.criteria.all() if answer != "not_ours" else ():
                row.marks.create(criterion=criterion, points=number * 30)
            row.conditions.all().delete()
            for _each in range(number) if answer == "conditions" else ():
                factories.condition(row)
        if (kind, move) == ("round", "propose"):
            lines = lines_of(row.proposal)
            write_proposed(row, [line._replace(won=line.won * number // 2) for line in lines])
        if (kind, move) == ("review", "declare"):
            Conflict.objects.create(review=row, person=actor)
        if (kind, move) == ("review", "reroute"):
            row.component.ministry = cast.moe
            row.component.save()

    return change, parts


def data_of(cast, move):
    """What a move needs: the lead ministry, an answer, another day."""
    lead = cast.mcst if move.name == "change_lead" else cast.motir
    day = clock.today() + timedelta(days=9)
    known = {"lead_ministry": lead, "answer": "답변", "paper": None, "due_on": day}
    return {name: known[name] for name in move.needs}


def entitled(cast, workflow, move, record):
    """Somebody who may make the move now; where nobody may, somebody who is refused."""
    for who in PEOPLE:
        if workflow[move].post_of(cast[who], record) and not workflow[move].barred(
            cast[who], record
        ):
            return cast[who]
    return cast["auditor"]


def attempt(cast, kind, move, record, who, number, answer):
    """One attempt; a refused move has changed nothing."""
    if (kind, move) == ("question", "ask") and isinstance(record, Review):
        record = Question(proposal=record.proposal, review=record, about="part-basics", text="?")
        record.due_on = record.asked_on
    if (kind, move) == ("round", "propose") and isinstance(record, Proposal):
        record = Round(proposal=record)
    if record is None:
        return
    workflow = WORKFLOWS[kind]
    actor = cast[who] if who else entitled(cast, workflow, move, record)
    change, parts = content_of(cast, kind, move, record, number % 4, answer, actor)
    content = {"change": change, "parts": parts}
    if move in workflow.moves and workflow[move].change:
        content = data_of(cast, workflow[move])
    seen = Event.objects.count()
    try:
        with transaction.atomic():
            workflow.perform(move, record, actor=actor, note="사유", **content)
    except (PermissionDenied, NotNow):
        assert Event.objects.count() == seen


def check_proposal(proposal):
    reviews = list(proposal.reviews.all())
    waits = [review for review in reviews if not review.is_closed]
    assert bool(waits) == (proposal.state == "in_review"), "stuck, or asked in vain"
    revisions = list(proposal.revisions.order_by("number"))
    assert [revision.number for revision in revisions] == list(range(1, len(revisions) + 1))
    for revision in revisions:
        assert revision.digest == digest_of(revision.content)
        assert revision.prepared_by_id != revision.submitted_by_id
    assert (
        {review.revision_id for review in waits} <= {revisions[-1].pk} if revisions else not waits
    )
    assert (
        proposal.province_place is None or proposal.province_place <= proposal.call.province_quota
    )
    assert (proposal.reserve_place is None) or proposal.state == "reserve"


def check_review(review):
    asked = review.questions.filter(state="asked").exists()
    conflicted = set(review.conflicts.values_list("person", flat=True))
    if not review.is_closed and review.state != "disowned":
        assert bool(review.stopped_on) == asked
    else:
        assert not asked
    if review.state in ("confirmed", "disowned", "rerouted"):
        assert review.answer
        assert review.prepared_by_id != review.decided_by_id
        assert not {review.prepared_by_id, review.decided_by_id} & conflicted
        wanted = 0 if review.answer == "not_ours" else review.proposal.call.criteria.count()
        assert review.marks.count() == wanted
    assert (review.answer == "not_ours") or review.state not in ("disowned", "rerouted")
    assert review.answer != "not_ours" or review.state != "confirmed"
    assert review.assigned_to_id not in conflicted


def check_condition(condition):
    """Imposed by a confirmed answer alone, and unsettled only while its proposal is on its way."""
    assert (condition.state == "") == (condition.review.state != "confirmed")
    if condition.is_unsettled:
        assert condition.proposal.state in ("in_review", *Proposal.COORDINATED)
    if condition.state in Condition.DECIDED:
        assert condition.decided_by_id
        assert condition.decided_by_id != condition.answered_by_id


DECISIONS = ("pass_by", "return", "select", "promote", "reserve", "reject", "change_lead")


def check_letters():
    decisions = Event.objects.filter(subject__startswith="projects.proposal:", verb__in=DECISIONS)
    numbers = list(Letter.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, decisions.count() + 1))


def check_coordination(proposal):
    """At most one open round, which somebody is asked about; the last settled one is effective."""
    under_way = [each for each in proposal.rounds.all() if each.is_unsettled]
    assert len(under_way) <= (proposal.state in ("reviewed", "reserve", "selected"))
    for each in proposal.rounds.all():
        states = set(each.positions.values_list("state", flat=True))
        assert (each.state == "open") == ("asked" in states), "stuck, or asked in vain"
        assert each.state != "objected" or "objected" in states
        assert each.state != "agreed" or states == {"accepted"}
        assert (each.state == "decided") == bool(each.decided_by_id)
        assert each.written_by_id != each.decided_by_id
    if effective := proposal.coordinated:
        settled = proposal.rounds.filter(state__in=Round.SETTLED).order_by("number")
        assert effective == settled.last()
        assert effective.revision == proposal.revisions.latest("number")
        assert lines_of(proposal) == lines_in(effective)


def check_money():
    over = {e.ceiling.pk for e in envelopes(Ceiling.objects.all()) if e.is_exceeded}
    allowed = Proposal.objects.filter(state="selected", above_ceilings=True).exists()
    assert not over or allowed


@pytest.mark.django_db
@settings(
    max_examples=effort(10, 1_000),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a step costs too much to shrink
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, checked=some.booleans(), screened=some.booleans())
def test_no_invariant_breaks_whatever_people_do(cast, call, steps, checked, screened):
    with transaction.atomic():
        rules = {"check_days": 3 if checked else None}
        rules |= {"province_quota": 1, "screening_days": 5} if screened else {}
        Call.objects.filter(pk=call.pk).update(**rules)
        call.refresh_from_db()
        call.criteria.create(title_ko="기준", title_en="Criterion", weight=100)
        factories.ceiling(cast, cast.motir, 2027, 1_000_000)
        for title in ("하나", "둘"):
            factories.submitted(cast, call, title=title)
        for mode, who, act, number, answer in steps:
            if mode == "likely":
                attempt(cast, *likely(number), None, number, answer)
            else:
                attempt(cast, *wild(*act, number), who, number, answer)
            for proposal in Proposal.objects.all():
                check_proposal(proposal)
                check_coordination(proposal)
            for review in Review.objects.all():
                check_review(review)
            for condition in Condition.objects.select_related("review", "proposal"):
                check_condition(condition)
            check_letters()
            check_money()
        assert first_broken(Event.objects.order_by("tree", "position").iterator()) is None
        transaction.set_rollback(True)
