"""Every list costs the same number of queries with 1 and with 30 rows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from disbursements.models import Appropriation, Tranche
from disbursements.workflow import TRANCHE
from reminders.models import Notice
from tests import factories

PAGES = {
    "/": 58,
    "/calls/": 7,
    "/proposals/": 10,
    "/reviews/": 12,
    "/reviews/board/": 16,
    "/ceilings/": 11,
    "/agreements/": 12,
    "/tranches/": 11,
    "/notices/": 7,
    "/delegations/": 8,
}
RESOURCES = {
    "/api/v1/organisations/": 5,
    "/api/v1/calls/": 6,
    "/api/v1/proposals/": 8,
    "/api/v1/reviews/": 13,
    "/api/v1/questions/": 10,
    "/api/v1/ceilings/": 6,
    "/api/v1/agreements/": 11,
    "/api/v1/parties/": 9,
    "/api/v1/deeds/": 6,
    "/api/v1/papers/": 8,
    "/api/v1/delegations/": 8,
    "/api/v1/corrections/": 11,
    "/api/v1/confirmations/": 8,
    "/api/v1/appropriations/": 10,
    "/api/v1/tranches/": 10,
    "/api/v1/work/": 57,
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
    factories.reviewed(cast, call, title=f"검토 완료 {number}")
    factories.questioned(cast, call, title=f"검토 중 {number}")
    factories.ceiling(cast, cast.motir, 2040 + number, 10**10)
    factories.delegation(cast)
    factories.being_corrected(cast, call, title=f"정정 중 {number}")
    line = Appropriation.objects.filter(
        agreement=version.agreement, source="national", component__ministry="MOTIR"
    ).first()
    tranche = Tranche(appropriation=line, asked=1, number=1, purpose="x")
    TRANCHE.model.objects.bulk_create([ready(tranche, cast)])
    Notice.objects.create(
        kind="review",
        subject=f"projects.review:{number}",
        person=cast["coordinator"],
        due_on="2026-12-01",
        stage="today",
        written_on="2026-12-01",
        address="x@example.org",
        headline="x",
        message_id=f"<{number}@example>",
    )


def ready(tranche, cast):
    tranche.requested_by = cast["finance"]
    setattr(tranche, "state", "requested")  # noqa: B010 -- a row for a list, made past the engine
    return tranche


@pytest.mark.parametrize("who", ["coordinator"])
def test_lists_cost_the_same_with_1_and_with_30_rows(cast, call, who):
    pages, programs = Client(), APIClient()
    pages.force_login(cast[who])
    programs.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.create(user=cast[who]).key}")

    def measured():
        found = {address: queries(pages, address) for address in PAGES}
        return found | {address: queries(programs, address) for address in RESOURCES}

    add_file(cast, call, 1)
    with_one = measured()
    for number in range(2, 31):
        add_file(cast, call, number)
    with_thirty = measured()

    assert with_thirty == with_one
    assert with_one == PAGES | RESOURCES
