"""Every list costs the same number of queries with 1 row and with many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from disbursements.models import (
    Appropriation,
    BankAccount,
    BankFile,
    BankLine,
    PaymentBatch,
    Tranche,
)
from disbursements.workflow import TRANCHE
from foundation.time import clock
from reminders.models import Notice
from tests import factories
from tests.effort import effort

MANY = effort(3, 30)  # rows; 30 are more than a page

PAGES = {
    "/": 80,
    "/deputies/": 11,
    "/holidays/": 8,
    "/handovers/?posts=all": 9,
    "/calls/": 7,
    "/proposals/": 10,
    "/reviews/": 16,
    "/reviews/board/": 16,
    "/conditions/": 13,
    "/ceilings/": 11,
    "/issues/": 13,
    "/agreements/": 12,
    "/tranches/": 11,
    "/notices/": 13,
    "/delegations/": 8,
    "/bank-accounts/": 9,
    "/payments/": 9,
}
RESOURCES = {
    "/api/v1/organisations/": 5,
    "/api/v1/calls/": 6,
    "/api/v1/proposals/": 8,
    "/api/v1/reviews/": 14,
    "/api/v1/questions/": 10,
    "/api/v1/comments/": 4,
    "/api/v1/conditions/": 16,
    "/api/v1/letters/": 6,
    "/api/v1/ceilings/": 6,
    "/api/v1/issues/": 14,
    "/api/v1/sides/": 8,
    "/api/v1/sessions/": 11,
    "/api/v1/rounds/": 12,
    "/api/v1/positions/": 8,
    "/api/v1/agreements/": 11,
    "/api/v1/amendments/": 8,
    "/api/v1/terminations/": 8,
    "/api/v1/parties/": 10,
    "/api/v1/deeds/": 6,
    "/api/v1/papers/": 8,
    "/api/v1/delegations/": 8,
    "/api/v1/corrections/": 11,
    "/api/v1/confirmations/": 8,
    "/api/v1/appropriations/": 10,
    "/api/v1/tranches/": 10,
    "/api/v1/work/": 74,
    "/api/v1/bank-accounts/": 8,
    "/api/v1/payments/": 8,
    "/api/v1/bank-lines/": 6,
    "/api/v1/deputies/": 8,
    "/api/v1/holidays/": 6,
}


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured)


def add_file(cast, call, number):
    """One file with a row in every list, that waits for the coordinator and for others."""
    version = factories.in_force(cast, call, title=f"협약 {number}")
    factories.next_version(cast, version)
    factories.termination(cast, version)
    factories.reviewed(cast, call, title=f"검토 완료 {number}")
    asked = factories.questioned(cast, call, title=f"검토 중 {number}")
    factories.issue(cast, asked, title=f"쟁점 {number}", due_on=clock.today())
    factories.session(cast, call, asked, version.agreement.proposal)
    day = clock.today() + timedelta(days=number)
    days = {"by": "coordinator", "since": day, "until": day}
    factories.decree(cast, day)
    leaver = factories.person(f"leaver-{number}")
    factories.hold(leaver, "coordinator", cast.committee, until=day)
    factories.deputy(cast, "coordinator", "second_coordinator", **days)
    factories.conditioned(cast, call, title=f"조건부 {number}")
    factories.proposed(cast, call, title=f"조정 중 {number}")
    factories.ceiling(cast, cast.motir, 2040 + number, 10**10)
    factories.delegation(cast)
    factories.being_corrected(cast, call, title=f"정정 중 {number}")
    line = Appropriation.objects.filter(
        agreement=version.agreement, source="national", component__ministry="MOTIR"
    ).first()
    tranche = Tranche(appropriation=line, asked=1, number=1, purpose="x")
    TRANCHE.model.objects.bulk_create([ready(tranche, cast)])
    add_payment(cast, line, number)
    Notice.objects.create(
        kind="review",
        subject=asked.reviews.get(ministry="MCST").reference,
        person=cast["coordinator"],
        due_on="2026-12-01",
        stage="today",
        written_on="2026-12-01",
        address="x@example.org",
        headline="x",
        message_id=f"<{number}@example>",
    )


def add_payment(cast, line, number):
    """A row in the lists of accounts, of batches and of lines from the bank."""
    body = factories.organisation(f"body-{number}", "municipality", name_ko="군", name_en="Gun")
    facts = {"bank": "011", "number": "1234567", "holder": "x", "requested_by": cast["finance"]}
    BankAccount.objects.create(organisation=body, **facts, state="requested")
    facts = {"payer": cast.motir, "written_by": cast["motir_finance"], "count": 1, "won": 1}
    batch = PaymentBatch.objects.create(**facts, state="written")
    file = BankFile.objects.create(
        batch=batch, way="in", name="x", content=b"", digest=number, by=cast["motir_payer"]
    )
    day = {"paid_on": clock.today(), "is_paid": True, "won": 1}
    BankLine.objects.create(batch=batch, file=file, number=1, item_reference="x", **day)


def ready(tranche, cast):
    tranche.requested_by = cast["finance"]
    setattr(tranche, "state", "requested")  # noqa: B010 -- a row for a list, made past the engine
    return tranche


@pytest.mark.parametrize("who", ["coordinator"])
def test_lists_cost_the_same_with_one_row_and_with_many(cast, call, who):
    pages, programs = Client(), APIClient()
    pages.force_login(cast[who])
    programs.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=cast[who]).key}")

    def measured():
        found = {address: queries(pages, address) for address in PAGES}
        found["sessions"] = queries(pages, f"/calls/{call.pk}/sessions/")
        return found | {address: queries(programs, address) for address in RESOURCES}

    add_file(cast, call, 1)
    with_one = measured()
    for number in range(2, MANY + 1):
        add_file(cast, call, number)
    with_many = measured()

    assert with_many == with_one
    assert with_one == PAGES | RESOURCES | {"sessions": 11}
