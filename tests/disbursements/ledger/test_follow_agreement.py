"""Lines of money follow an amendment; the ledger keeps what was promised before."""

import pytest
from django.db import IntegrityError, transaction

from disbursements.models import Appropriation, Entry
from foundation.engine.workflow import NotNow
from tests import factories
from tests.disbursements import acts

MINOR = {("MCST", 2029, "national"): 900_000}


def test_lines_follow_what_is_promised_and_the_ledger_keeps_both_entries(cast, call):
    base = factories.in_force(cast, call)
    line = acts.line("MCST", year=2029)

    version = factories.next_version(cast, base)
    changes = MINOR | {("MCST", 2028, "private"): 7, ("MOTIR", 2029, "provincial"): 0}
    factories.concluded(cast, factories.change(cast, version, changes))

    assert acts.totals(line, "agreed") == (900_000,)
    assert list(line.entries.order_by("pk").values_list("won", flat=True)) == [
        1_000_000,
        900_000,
        -1_000_000,
    ]
    assert acts.totals(acts.line("MCST", year=2028, source="private"), "agreed") == (7,)
    gone = acts.line(year=2029, source="provincial")
    assert (gone.state, acts.totals(gone, "agreed")) == ("closed", (0,))
    assert acts.line("MOTIR", year=2029).entries.count() == 1


def test_a_line_promised_again_is_opened_again(cast, call):
    version = factories.in_force(cast, call)
    for won in (0, 500):
        version = factories.next_version(cast, version)
        change = {("MOTIR", 2029, "provincial"): won}
        version = factories.concluded(cast, factories.change(cast, version, change))

    line = acts.line(year=2029, source="provincial")
    assert (line.state, acts.totals(line, "agreed")) == ("open", (500,))
    assert Appropriation.objects.filter(agreement=version.agreement).count() == 18


def test_what_is_paid_cannot_be_amended_away(cast, call):
    base = factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 600_000)
    acts.pay(cast, tranche, 600_000)
    version = factories.next_version(cast, base)

    version = factories.change(cast, version, {("MOTIR", 2027, "national"): 599_999})
    with pytest.raises(NotNow, match="600,000"):
        factories.circulated(cast, version)

    version = factories.change(cast, version, {("MOTIR", 2027, "national"): 600_000})
    assert factories.concluded(cast, version).state == "in_force"


def test_payment_during_the_consent_is_not_amended_away_either(cast, call):
    base = factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 600_000)
    version = factories.next_version(cast, base)
    version = factories.change(cast, version, {("MOTIR", 2027, "national"): 599_999})
    version = factories.circulated(cast, version)
    acts.pay(cast, tranche, 600_000)

    with pytest.raises(NotNow, match="600,000"):
        factories.consented(cast, version)


def test_database_keeps_what_is_paid(cast, call):
    factories.in_force(cast, call)
    line = acts.line()
    acts.pay(cast, acts.granted(cast, acts.vote(cast, line, 1_000_000), 600_000), 600_000)
    entry = line.entries.get(stage="agreed")

    with pytest.raises(IntegrityError, match="what is paid"), transaction.atomic():
        Entry.objects.create(
            appropriation=line,
            stage="agreed",
            leaves="outside",
            enters="memo",
            won=-entry.won,
            mends=entry,
            as_of=acts.DAY,
        )


def test_year_that_is_closed_stays_closed_when_its_promise_is_taken_out(cast, call):
    base = factories.in_force(cast, call)
    line = acts.vote(cast, acts.line(year=2029), 0)
    acts.close_year(cast, line)
    version = factories.next_version(cast, base)

    factories.concluded(cast, factories.change(cast, version, {("MOTIR", 2029, "national"): 0}))

    line.refresh_from_db()
    assert (line.state, acts.totals(line, "agreed")) == ("settled", (0,))
