from datetime import date

import pytest
from django.db import IntegrityError, transaction

from foundation.engine.workflow import NotNow
from projects.drafting.completeness import missing
from projects.drafting.forms.components import DropForm
from projects.models import BudgetLine, Call, Proposal, Review, Revision, SupportedLine
from projects.workflow import PROPOSAL, REVIEW
from tests import factories


def complaints(proposal):
    fresh = Proposal.objects.for_page().get(pk=proposal.pk)
    return [complaint.text for complaint in missing(fresh)]


def test_complete_proposal_lacks_nothing(cast, call):
    assert complaints(factories.complete_proposal(cast, call)) == []


def test_everything_that_is_missing_is_listed_at_once(cast, call):
    proposal = factories.proposal(cast, call)
    Proposal.objects.filter(pk=proposal.pk).update(purpose="", last_year=2027)
    proposal.refresh_from_db()

    assert len(complaints(proposal)) == 4


def test_ceiling_counts_national_funds_only(cast, call):
    at_the_ceiling = {(2027, "national"): 9_000_000_000, (2027, "municipal"): 50_000_000_000}
    proposal = factories.proposal(cast, call)
    factories.component(cast, proposal, cast.motir, amounts=at_the_ceiling)
    factories.component(cast, proposal, cast.mcst, amounts={(2028, "national"): 1_000_000_000})
    assert complaints(proposal) == []

    factories.component(cast, proposal, cast.mcst, amounts={(2028, "national"): 1})
    assert len(complaints(proposal)) == 1


def test_amount_outside_the_period_is_named(cast, call):
    proposal = factories.complete_proposal(cast, call)
    factories.component(
        cast, proposal, cast.motir, title="늦은 사업", amounts={(2031, "national"): 5}
    )

    (complaint,) = complaints(proposal)
    assert "늦은 사업" in complaint
    assert "2031" in complaint


def test_incomplete_proposal_is_not_submitted(cast, call):
    proposal = factories.proposal(cast, call)

    with pytest.raises(NotNow) as refusal:
        PROPOSAL.perform("submit", proposal, actor=cast["approver"])

    assert refusal.value.places


def test_call_that_is_closed_accepts_nothing(cast, time_machine):
    call = factories.call(cast, closes_on=date(2026, 11, 30))
    proposal = factories.complete_proposal(cast, call)
    time_machine.move_to("2026-12-01T00:00:01+09:00")

    with pytest.raises(NotNow):
        PROPOSAL.perform("submit", proposal, actor=cast["approver"])


def test_submission_freezes_a_revision_and_asks_every_ministry(cast, call):
    proposal = factories.submitted(cast, call)

    revision = proposal.revisions.get()
    assert revision.content == proposal.content() | {"title": proposal.title}
    assert set(proposal.reviews.values_list("ministry", "state")) == {
        ("MOTIR", "waiting"),
        ("MCST", "waiting"),
    }


def test_declined_component_does_not_stop_the_others(cast, call):
    proposal = factories.submitted(cast, call)
    first, second = proposal.reviews.order_by("pk")

    factories.answer(cast, first, "decline")
    factories.answer(cast, second, "accept")

    proposal.refresh_from_db()
    assert proposal.state == "reviewed"
    assert (
        sum(SupportedLine.objects.filter(review=second).values_list("won", flat=True)) == 6_000_000
    )
    assert not SupportedLine.objects.filter(review=first).exists()


def test_proposal_without_support_is_not_selected(cast, call):
    proposal = factories.submitted(cast, call)
    for review in proposal.reviews.order_by("pk"):
        factories.answer(cast, review, "decline")
    proposal.refresh_from_db()

    with pytest.raises(NotNow):
        PROPOSAL.perform("select", proposal, actor=cast["coordinator"], lead_ministry=cast.motir)


def test_returned_proposal_is_reviewed_again_as_a_new_revision(cast, call):
    proposal = factories.submitted(cast, call)
    old = proposal.reviews.order_by("pk").first()
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")

    PROPOSAL.perform("submit", proposal, actor=cast["approver"])

    assert set(Review.objects.filter(revision__number=1).values_list("state", flat=True)) == {
        "lapsed"
    }
    assert set(Review.objects.filter(revision__number=2).values_list("state", flat=True)) == {
        "waiting"
    }
    with pytest.raises(NotNow):
        factories.answer(cast, old)


def test_answer_changed_since_it_was_read_is_not_confirmed(cast, call):
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    read = factories.answer(cast, review, confirm=False)
    factories.answer(cast, review, "decline", confirm=False)

    with pytest.raises(NotNow):
        REVIEW.perform("confirm", review, actor=cast["motir_approver"], seen=read.moves_made)


def test_silence_is_recorded_as_no_opinion_and_only_when_overdue(cast, call, time_machine):
    time_machine.move_to("2026-11-24T09:00:00+09:00")
    proposal = factories.submitted(cast, call)
    first, second = proposal.reviews.order_by("pk")
    assert first.due_on == date(2026, 12, 8)
    factories.answer(cast, first)
    with pytest.raises(NotNow):
        REVIEW.perform("pass_over", second, actor=cast["coordinator"], note="회신 없음")

    time_machine.move_to("2026-12-09T09:00:00+09:00")
    REVIEW.perform("pass_over", second, actor=cast["coordinator"], note="회신 없음")

    proposal.refresh_from_db()
    second.refresh_from_db()
    assert (proposal.state, second.state, second.answer) == ("reviewed", "silent", "")


def test_reviewed_component_that_is_dropped_stays_stored(cast, call):
    proposal = factories.submitted(cast, call)
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    component = proposal.components.order_by("pk").first()
    proposal = Proposal.objects.for_page().get(pk=proposal.pk)
    form = DropForm(
        {}, record=proposal, move=PROPOSAL["revise"], actor=cast["drafter"], component=component
    )
    assert form.is_valid()

    form.perform(PROPOSAL)

    component.refresh_from_db()
    assert component.dropped
    assert proposal.components.live().count() == 1


def broken(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("call_closes_after_it_opens", {"closes_on": date(2025, 1, 1)}),
        ("call_period_is_possible", {"least_years": 6}),
        ("call_year_is_possible", {"first_fiscal_year": 1999}),
        ("call_material_limits_are_possible", {"material_percent": 0}),
        ("call_days_are_possible", {"consent_days": 0}),
        ("call_has_a_ceiling", {"national_ceiling": 0}),
    ],
)
def test_call_constraint(cast, call, name, values):
    with broken(name), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**values)


def test_proposal_period_is_possible(cast, call):
    proposal = factories.proposal(cast, call)
    with broken("proposal_period_is_possible"), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(last_year=2026)


def test_budget_line_constraints(cast, call):
    proposal = factories.complete_proposal(cast, call)
    line = BudgetLine.objects.first()
    with broken("budget_line_is_positive"), transaction.atomic():
        BudgetLine.objects.filter(pk=line.pk).update(won=0)
    with broken("budget_line_once"), transaction.atomic():
        line.pk = None
        line.save()
    assert proposal.components.count() == 2


def test_revision_constraints(cast, call):
    proposal = factories.submitted(cast, call)
    values = {"content": {}, "digest": "0" * 64, "submitted_at": proposal.changed_at}
    with broken("revision_number_once"), transaction.atomic():
        proposal.revisions.create(
            number=1, prepared_by=cast["drafter"], submitted_by=cast["approver"], **values
        )
    with broken("revision_four_eyes"), transaction.atomic():
        proposal.revisions.create(
            number=2, prepared_by=cast["drafter"], submitted_by=cast["drafter"], **values
        )
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Revision.objects.update(number=3)


def test_review_constraints(cast, call):
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    rows = Review.objects.filter(pk=review.pk)
    with broken("review_confirmed_is_complete"), transaction.atomic():
        rows.update(state="confirmed")
    with broken("review_four_eyes"), transaction.atomic():
        rows.update(prepared_by=cast["drafter"], decided_by=cast["drafter"])
    with broken("review_once"), transaction.atomic():
        review.pk = None
        review.save()


def test_supported_line_constraints(cast, call):
    review = factories.answer(cast, factories.submitted(cast, call).reviews.get(ministry="MOTIR"))
    line = review.supported_lines.first()
    with broken("supported_line_is_positive"), transaction.atomic():
        SupportedLine.objects.filter(pk=line.pk).update(won=-1)
    with broken("supported_line_once"), transaction.atomic():
        line.pk = None
        line.save()
