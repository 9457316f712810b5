import pytest
from django.core.exceptions import ValidationError

from foundation.web.forms import MOST_WON, WonField
from projects.drafting.forms import ComponentForm
from projects.models import Proposal, Review
from projects.proposals.forms import ProposalForm
from projects.reviews.forms import AnswerForm
from projects.workflow import PROPOSAL, REVIEW
from tests import factories


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("1,200,000", 1_200_000),
        ("１２００", 1200),
        (" 5 000 ", 5000),
        ("3원", 3),
        ("", 0),
        (None, 0),
        (7, 7),
        (str(MOST_WON), MOST_WON),
    ],
)
def test_won_is_read_as_people_write_it(typed, won):
    assert WonField(required=False).clean(typed) == won


@pytest.mark.parametrize(
    "typed",
    [
        "1,200.5",
        "-1",
        "1e9",
        "=1+1",
        "십만",
        "٣",
        "0x10",
        "1_000",
        "9" * 30,
        str(MOST_WON + 1),
        "<script>",
        "NaN",
        "1;2",
    ],
)
def test_won_that_is_no_whole_number_is_refused(typed):
    with pytest.raises(ValidationError):
        WonField(required=False).clean(typed)


def component_form(cast, call, **data):
    proposal = Proposal.objects.for_page().get(pk=factories.proposal(cast, call).pk)
    values = {"title": "사업", "ministry": "MOTIR", "kind": "facility"} | data
    return ComponentForm(values, record=proposal, move=PROPOSAL["revise"], actor=cast["drafter"])


def test_component_form_sums_the_typed_amounts(cast, call):
    form = component_form(
        cast, call, won_2027_national="1,000", won_2028_national="2,000", won_2027_private="5"
    )

    assert form.is_valid()
    assert form.grid_totals() == {
        "sources": [3000, 0, 0, 0, 5],
        "years": [1005, 2000, 0],
        "all": 3005,
    }


def test_year_or_source_that_is_not_there_is_named(cast, call):
    form = component_form(cast, call, won_2050_national="1", won_2027_gold="1")

    assert not form.is_valid()
    assert len(form.non_field_errors()) == 2


def test_ministry_must_be_a_ministry(cast, call):
    assert "ministry" in component_form(cast, call, ministry="gangwon").errors


def answer_form(cast, call, **data):
    factories.submitted(cast, call)
    review = Review.objects.for_page().get(ministry="MOTIR")
    values = {"reason": "이유"} | data
    return AnswerForm(values, record=review, move=REVIEW["answer"], actor=cast["motir_reviewer"])


ASKED = {f"won_{year}_{source}": str(won) for (year, source), won in factories.AMOUNTS.items()}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"answer": "conditions"}, "__all__"),
        ({"answer": "changed"} | ASKED, "answer"),
        ({"answer": "changed"}, "answer"),
        ({"answer": "maybe"}, "answer"),
        ({"answer": "accept", "reason": ""}, "reason"),
    ],
)
def test_answer_that_contradicts_itself_is_refused(cast, call, data, wrong):
    assert wrong in answer_form(cast, call, **data).errors


def test_changed_amounts_are_what_is_supported(cast, call):
    form = answer_form(cast, call, answer="changed", **(ASKED | {"won_2027_national": "1"}))

    assert form.is_valid(), form.errors
    review = form.perform(REVIEW)
    assert sum(review.supported_lines.values_list("won", flat=True)) == 5_000_001


def test_accepting_supports_all_that_is_asked_and_ignores_typed_amounts(cast, call):
    form = answer_form(cast, call, answer="accept", **(ASKED | {"won_2027_national": "1"}))

    assert form.is_valid()
    review = form.perform(REVIEW)
    assert sum(review.supported_lines.values_list("won", flat=True)) == 6_000_000


@pytest.mark.parametrize(
    ("first", "last"), [(0, 5), (0, 2029), (2027, 0), (2027, 2026), (2027, 2037), (1999, 2001)]
)
def test_impossible_period_is_refused_at_its_place(cast, call, first, last):
    record = factories.proposal(cast, call)
    values = {"title": "사업", "purpose": "목적", "first_year": first, "last_year": last}
    form = ProposalForm(values, record=record, move=PROPOSAL["revise"], actor=cast["drafter"])

    assert set(form.errors) <= {"first_year", "last_year"}
    assert form.errors
