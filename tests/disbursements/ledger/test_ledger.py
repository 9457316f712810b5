"""What the ledger writes, and what it refuses with a message and the possible amount."""

import pytest
from django.utils import translation

from disbursements.ledger import writers as ledger
from disbursements.models import Stage
from disbursements.workflow import APPROPRIATION
from foundation.engine.workflow import NotNow
from tests.disbursements import acts


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def newest(line, stage):
    return line.entries.filter(stage=stage).latest("pk")


def test_line_opens_with_what_was_agreed(line):
    entry = line.entries.get()

    assert (entry.stage, entry.won, entry.made_by) == (Stage.AGREED, 1_000_000, None)
    assert acts.totals(line, "agreed", "voted", "votes") == (1_000_000, 0, 0)


def test_entry_says_who_wrote_it_for_which_day_on_which_evidence(cast, voted):
    entry = newest(voted, "voted")

    assert (entry.as_of, entry.evidence) == (acts.DAY, "e나라도움")
    assert entry.made_by == cast["motir_finance"]


@pytest.mark.parametrize(
    ("won", "gap"), [(900_000, -100_000), (1_000_000, 0), (1_200_000, 200_000)]
)
def test_gap_is_what_was_voted_less_what_was_agreed(cast, line, won, gap):
    assert ledger.balance_of(line).gap is None

    acts.vote(cast, line, won)

    assert ledger.balance_of(line).gap == gap


def test_supplementary_budget_adds_to_what_was_voted(cast, line):
    acts.vote(cast, line, 600_000)
    acts.vote(cast, line, 400_000)

    assert acts.totals(line, "voted", "votes") == (1_000_000, 2)


def test_vote_of_nothing_is_a_vote(cast, line):
    acts.vote(cast, line, 0)

    assert acts.totals(line, "voted", "votes") == (0, 1)
    assert ledger.balance_of(line).gap == -1_000_000


def test_corrected_vote_leaves_no_gap(cast, line):
    acts.vote(cast, line, 600_000)

    acts.correct(cast, line, newest(line, "voted"))

    assert acts.totals(line, "voted", "votes") == (0, 0)
    assert ledger.balance_of(line).gap is None
    assert [e.won for e in line.entries.filter(stage="voted").order_by("pk")] == [600_000, -600_000]


def test_entry_is_corrected_once(cast, line):
    acts.vote(cast, line, 600_000)
    entry = newest(line, "voted")
    acts.correct(cast, line, entry)

    with pytest.raises(NotNow, match="has been corrected already"):
        acts.correct(cast, line, entry)


def test_vote_used_by_grants_is_not_corrected(cast, voted):
    acts.granted(cast, voted, 400_000)

    with pytest.raises(NotNow, match="Only 600,000 won of this vote are not yet granted or spent"):
        acts.correct(cast, voted, newest(voted, "voted"))


def test_vote_used_by_local_execution_is_not_corrected(cast, version):
    line = acts.line(source="municipal")
    acts.vote(cast, line, 700_000, actor="finance")
    acts.execute(cast, line, 1)

    with pytest.raises(NotNow, match="Only 699,999 won of this vote are not yet granted or spent"):
        acts.correct(cast, line, newest(line, "voted"), actor="finance")


def test_vote_used_by_a_carry_over_by_accident_is_not_corrected(cast, line):
    acts.carried(cast, acts.vote(cast, line, 100_000), 100_000, kind="accident")
    following = acts.vote(cast, acts.line(year=2028), 100_000)
    acts.carried(cast, following, 70_000, kind="accident")

    with pytest.raises(NotNow, match="Only 30,000 won of this vote are not yet granted or spent"):
        acts.correct(cast, following, newest(following, "voted"))


def test_corrected_execution_can_be_reported_again(cast, voted):
    acts.pay(cast, acts.granted(cast, voted, 400_000), 400_000)
    acts.execute(cast, voted, 400_000)

    acts.correct(cast, voted, newest(voted, "executed"), actor="finance")

    acts.execute(cast, voted, 390_000)
    assert acts.totals(voted, "executed") == (390_000,)


@pytest.mark.parametrize("won", [0, 1_000_001])
def test_request_beyond_what_is_grantable_is_refused(cast, voted, won):
    with pytest.raises(NotNow, match="Between 1 and 1,000,000 won can be requested"):
        acts.request(cast, voted, won)


def test_request_counts_what_others_ask_for(cast, voted):
    acts.request(cast, voted, 700_000)

    with pytest.raises(NotNow, match="Between 1 and 300,000 won can be requested"):
        acts.request(cast, voted, 300_001)


def test_refused_request_frees_what_it_asked_for(cast, voted):
    acts.refuse(cast, acts.request(cast, voted, 700_000))

    assert acts.request(cast, voted, 1_000_000).number == 2


def test_grant_of_less_frees_the_rest(cast, voted):
    acts.grant(cast, acts.request(cast, voted, 700_000), 200_000)

    assert ledger.requestable(voted) == 800_000


def test_nothing_is_requested_before_something_is_voted(cast, line):
    with pytest.raises(NotNow, match="Between 1 and 0 won can be requested"):
        acts.request(cast, line, 1)


@pytest.mark.parametrize("won", [0, 400_001])
def test_grant_beyond_what_was_asked_is_refused(cast, voted, won):
    tranche = acts.request(cast, voted, 400_000)

    with pytest.raises(NotNow, match="Between 1 and 400,000 won can be granted"):
        acts.grant(cast, tranche, won)


def test_grant_beyond_what_is_voted_is_refused(cast, line):
    acts.vote(cast, line, 600_000)
    acts.vote(cast, line, 400_000)
    tranche = acts.request(cast, line, 1_000_000)
    acts.correct(cast, line, newest(line, "voted"))

    with pytest.raises(NotNow, match="Between 1 and 600,000 won can be granted"):
        acts.grant(cast, tranche, 600_001)


@pytest.mark.parametrize("won", [0, 400_001])
def test_payment_beyond_the_grant_is_refused(cast, voted, won):
    tranche = acts.granted(cast, voted, 400_000)

    with pytest.raises(NotNow, match="Between 1 and 400,000 won can be paid"):
        acts.pay(cast, tranche, won)


def test_partial_payments_add_up_to_the_grant(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)

    first = acts.pay(cast, tranche, 150_000)
    assert (first.state, first.paid, first.unpaid) == ("granted", 150_000, 250_000)

    with pytest.raises(NotNow, match="Between 1 and 250,000 won can be paid"):
        acts.pay(cast, tranche, 250_001)
    acts.pay(cast, tranche, 250_000)
    tranche.refresh_from_db()
    assert (tranche.state, tranche.paid) == ("paid", 400_000)


@pytest.mark.parametrize("won", [-1, 300_001])
def test_execution_beyond_what_was_paid_is_refused(cast, voted, won):
    acts.pay(cast, acts.granted(cast, voted, 400_000), 300_000)

    with pytest.raises(NotNow, match="At most 300,000 won can be reported"):
        acts.execute(cast, voted, won)


def test_local_funds_are_executed_out_of_what_was_voted(cast, version):
    line = acts.line(source="municipal")
    acts.vote(cast, line, 500_000, actor="finance")

    acts.execute(cast, line, 500_000)

    with pytest.raises(NotNow, match="At most 0 won can be reported"):
        acts.execute(cast, line, 1)


def test_refused_act_leaves_nothing_behind(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    before = acts.totals(voted, "granted", "paid"), voted.entries.count()

    with pytest.raises(NotNow):
        acts.pay(cast, tranche, 400_001)

    assert (acts.totals(voted, "granted", "paid"), voted.entries.count()) == before
    tranche.refresh_from_db()
    assert (tranche.paid, tranche.paid_by) == (0, None)


def test_move_itself_refuses_an_entry_or_a_figure_of_another_kind(cast, voted):
    (entry,) = voted.entries.filter(stage="voted")

    with pytest.raises(ValueError, match=str(entry)):
        acts.perform(APPROPRIATION, "mend_execution", voted, cast["finance"], entry=entry, note="x")
    with pytest.raises(ValueError, match="contracted"):
        acts.write(cast, voted, "record", 10, stage="contracted")
