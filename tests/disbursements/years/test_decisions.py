"""Decisions about money cannot be changed, not even without the workflow."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from disbursements.models import CarryOver, GapResolution, Settlement
from tests.disbursements import acts


def refuses(rows, **changes):
    with pytest.raises(IntegrityError, match="what was decided stays"), transaction.atomic():
        rows.update(**changes)
    with pytest.raises(IntegrityError, match="what was decided stays"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_decided_carry_over_stays(cast, voted):
    carry = acts.carried(cast, voted, 10)

    refuses(CarryOver.objects.filter(pk=carry.pk), won=11)


def test_answered_resolution_of_a_gap_stays(cast, line):
    acts.vote(cast, line, 900_000)
    row = acts.answer_gap(cast, acts.propose_gap(cast, line, 10), "refuse")

    refuses(GapResolution.objects.filter(pk=row.pk), state="accepted")


def test_accepted_settlement_keeps_its_amounts_and_a_settled_one_everything(cast, voted):
    acts.pay(cast, acts.granted(cast, voted, 500), 500)
    row = acts.settle(cast, acts.report(cast, voted, interest=3), "accept")
    rows = Settlement.objects.filter(pk=row.pk)

    with pytest.raises(IntegrityError, match="what was decided stays"), transaction.atomic():
        rows.update(interest=4)
    acts.settle(cast, row, "receive")
    refuses(rows, evidence="다른 보고서")
