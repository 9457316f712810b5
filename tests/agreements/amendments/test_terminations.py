"""Suspension, resumption, completion and termination."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from agreements.models import Termination
from agreements.workflow import AGREEMENT, TERMINATION
from disbursements.models import UnspentLine
from foundation.engine.workflow import NotNow
from foundation.time import clock
from tests import factories
from tests.disbursements import acts


def suspended(cast, version, who="coordinator"):
    return AGREEMENT.perform("suspend", version, actor=cast[who], note="감사 결과를 기다린다.")


def paid(cast, won=600_000):
    line = acts.vote(cast, acts.line(), 1_000_000)
    return acts.pay(cast, acts.granted(cast, line, won), won)


@pytest.mark.parametrize("who", ["coordinator", "motir_approver"])
def test_coordinator_and_lead_ministry_suspend_and_resume(cast, call, who):
    version = suspended(cast, factories.in_force(cast, call), who)
    assert version.state == "suspended"

    version = AGREEMENT.perform("resume", version, actor=cast[who], note="감사가 끝났다.")

    assert version.state == "in_force"


@pytest.mark.parametrize("who", ["mcst_approver", "approver", "motir_reviewer", "auditor"])
def test_nobody_else_suspends(cast, call, who):
    version = factories.in_force(cast, call)

    with pytest.raises(PermissionDenied):
        suspended(cast, version, who)


def test_nothing_new_is_requested_or_granted_while_suspended(cast, call):
    version = factories.in_force(cast, call)
    line = acts.vote(cast, acts.line(), 1_000_000)
    tranche = acts.request(cast, line, 100)
    version = suspended(cast, version)

    with pytest.raises(NotNow):
        acts.request(cast, line, 100)
    with pytest.raises(NotNow):
        acts.grant(cast, tranche, 100)

    AGREEMENT.perform("resume", version, actor=cast["coordinator"], note="재개")
    assert acts.grant(cast, tranche, 100).state == "granted"


def test_reports_go_on_while_suspended(cast, call):
    version = factories.in_force(cast, call)
    paid(cast)
    suspended(cast, version)

    acts.execute(cast, acts.line(), 500)

    assert acts.totals(acts.line(), "executed") == (500,)


def test_agreement_is_completed_after_its_last_year(cast, call):
    version = factories.in_force(cast, call)
    with pytest.raises(NotNow, match="2029"):
        AGREEMENT.perform("complete", version, actor=cast["coordinator"])

    with clock.at(datetime(2030, 1, 2, tzinfo=UTC)):
        version = AGREEMENT.perform("complete", version, actor=cast["coordinator"])

    assert version.state == "completed"


@pytest.mark.parametrize(
    ("begun", "ended"), [(acts.request, acts.refuse), (acts.granted, acts.revoke)]
)
def test_agreement_with_an_open_tranche_is_not_completed(cast, call, begun, ended):
    version = factories.in_force(cast, call)
    tranche = begun(cast, acts.vote(cast, acts.line(), 1_000_000), 100)

    with clock.at(datetime(2030, 1, 2, tzinfo=UTC)):
        with pytest.raises(NotNow, match="차"):
            AGREEMENT.perform("complete", version, actor=cast["coordinator"])
        ended(cast, tranche)
        version = AGREEMENT.perform("complete", version, actor=cast["coordinator"])

    assert version.state == "completed"


def test_agreement_under_amendment_is_not_completed(cast, call):
    version = factories.amending(cast, call).amendment.base

    with clock.at(datetime(2030, 1, 2, tzinfo=UTC)), pytest.raises(NotNow):
        AGREEMENT.perform("complete", version, actor=cast["coordinator"])


def test_termination_is_decided_by_another_coordinator(cast, call):
    version = factories.in_force(cast, call)
    row = factories.termination(cast, version)

    with pytest.raises(PermissionDenied):
        TERMINATION.perform("decide", row, actor=cast["coordinator"])
    row = TERMINATION.perform("decide", row, actor=cast["second_coordinator"])

    version.refresh_from_db()
    assert (row.state, version.state) == ("decided", "terminated")


def test_termination_freezes_unspent_money(cast, call):
    version = factories.in_force(cast, call)
    paid(cast)
    acts.granted(cast, acts.line(), 300_000)
    acts.execute(cast, acts.line(), 250_000)
    row = factories.termination(cast, version)

    TERMINATION.perform("decide", row, actor=cast["second_coordinator"])
    acts.execute(cast, acts.line(), 100_000)

    frozen = UnspentLine.objects.get(termination=row, appropriation=acts.line())
    assert (frozen.granted, frozen.paid, frozen.executed) == (900_000, 600_000, 250_000)
    assert (frozen.unpaid, frozen.unspent) == (300_000, 350_000)
    assert row.unspent_lines.count() == 18


def test_after_a_termination_nothing_is_paid_any_more(cast, call):
    version = factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 300_000)
    row = factories.termination(cast, version)
    TERMINATION.perform("decide", row, actor=cast["second_coordinator"])

    with pytest.raises(NotNow):
        acts.pay(cast, tranche, 300_000)
    with pytest.raises(NotNow):
        acts.request(cast, acts.line(), 1)


def test_an_amendment_under_way_lapses_with_the_agreement(cast, call):
    making = factories.amending(cast, call)
    row = factories.termination(cast, making.amendment.base)

    TERMINATION.perform("decide", row, actor=cast["second_coordinator"])

    making.refresh_from_db()
    making.amendment.refresh_from_db()
    assert (making.state, making.amendment.state) == ("dropped", "withdrawn")


def test_a_suspended_agreement_is_terminated_too(cast, call):
    version = suspended(cast, factories.in_force(cast, call))
    row = factories.termination(cast, version)

    TERMINATION.perform("decide", row, actor=cast["second_coordinator"])

    version.refresh_from_db()
    assert version.state == "terminated"


def test_one_termination_at_a_time_and_withdrawn_ones_do_not_count(cast, call):
    version = factories.in_force(cast, call)
    row = factories.termination(cast, version)
    with pytest.raises(NotNow):
        factories.termination(cast, version)

    TERMINATION.perform("withdraw", row, actor=cast["coordinator"], note="철회")

    assert factories.termination(cast, version).state == "prepared"


def test_what_is_not_in_force_is_not_terminated(cast, call):
    with pytest.raises(NotNow):
        factories.termination(cast, factories.signing(cast, call))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("termination_decided_by_somebody", {"state": "decided"}),
        ("termination_four_eyes", {"decided_by": "preparer"}),
    ],
)
def test_termination_constraint(cast, call, name, values):
    row = factories.termination(cast, factories.in_force(cast, call))
    values = {k: cast["coordinator"] if v == "preparer" else v for k, v in values.items()}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Termination.objects.filter(pk=row.pk).update(**values)


def test_database_allows_one_termination(cast, call):
    row = factories.termination(cast, factories.in_force(cast, call))
    row.pk = None

    with pytest.raises(IntegrityError, match="termination_once"), transaction.atomic():
        row.save(force_insert=True)


def test_the_fact_sheet_stays(cast, call):
    row = factories.termination(cast, factories.in_force(cast, call))
    TERMINATION.perform("decide", row, actor=cast["second_coordinator"])
    line = row.unspent_lines.first()

    for sql in (
        "UPDATE disbursements_unspentline SET id = id",
        "DELETE FROM disbursements_unspentline",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    line.pk = None
    with pytest.raises(IntegrityError, match="unspent_line_once"), transaction.atomic():
        line.save(force_insert=True)
    line.unspent, line.termination = -1, row
    with pytest.raises(IntegrityError, match="unspent_line_not_below_zero"), transaction.atomic():
        line.save(force_insert=True)


def test_termination_pages_show_the_money_now_and_frozen(cast, call, client):
    version = factories.in_force(cast, call)
    paid(cast)
    row = factories.termination(cast, version)
    client.force_login(cast["auditor"])
    address = f"/terminations/{row.pk}/money/"
    assert "600,000" in client.get(address).content.decode()

    TERMINATION.perform("decide", row, actor=cast["second_coordinator"])

    assert client.get(row.get_absolute_url()).status_code == 200
    assert client.get(address).context["sums"]["unspent"] == 600_000
