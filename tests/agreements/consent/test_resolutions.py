"""Decisions of the committee: approve, approve on condition, defer, send back."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from agreements.models import Resolution
from agreements.verification.archive import resolutions
from tests import factories

DECIDED = {"resolution": "제12차-3", "resolved_on": "2026-11-01"}


@pytest.fixture
def frozen(cast, call):
    return factories.frozen(cast, call)


@pytest.fixture
def page(client, cast):
    client.force_login(cast["coordinator"])
    return client


def send(page, version, move, **entered):
    version.refresh_from_db()
    address = f"/agreements/{version.agreement_id}/moves/{move}/"
    return page.post(address, DECIDED | {"seen": version.moves_made} | entered)


def fresh(version):
    version.refresh_from_db()
    return version


def test_approval_opens_the_signing_and_is_kept_with_the_digest_it_was_about(page, frozen):
    assert send(page, frozen, "resolve", result="approved").status_code == 302

    row = Resolution.objects.get()
    assert fresh(frozen).state == "signing"
    assert (row.digest, row.result, row.day) == (frozen.digest, "approved", date(2026, 11, 1))
    assert frozen.resolution == "제12차-3"


def test_condition_must_be_met_by_the_text_as_it_is(page, frozen):
    refused = send(page, frozen, "resolve", result="conditional")
    assert set(refused.context["form"].errors) == {"words", "how_met"}
    assert fresh(frozen).state == "frozen"

    entered = {"words": "부지를 먼저 확보할 것", "how_met": "부지 매매계약서를 제출함"}
    send(page, frozen, "resolve", result="conditional", **entered)

    row = Resolution.objects.get()
    assert fresh(frozen).state == "signing"
    assert (row.words, row.how_met) == tuple(entered.values())


def test_deferred_text_stays_and_is_due_again_on_its_day(page, frozen):
    refused = send(page, frozen, "defer", words="자료 보완", next_on="2026-10-31")
    assert list(refused.context["form"].errors) == ["next_on"]
    refused = send(page, frozen, "defer", words="자료 보완", next_on="2026-11-02")
    assert list(refused.context["form"].errors) == ["next_on"]

    send(page, frozen, "defer", words="자료 보완", next_on="2099-12-03")

    assert fresh(frozen).state == "frozen"
    assert frozen.taken_up_on == date(2099, 12, 3)
    work = page.get("/api/v1/work/").json()
    del work["counts"]
    found = [item for group in work.values() for item in group if item["kind"] == "resolve"]
    assert [item["due"] for item in found] == ["2099-12-03"]


@pytest.mark.parametrize("result", ["rejected", "redraft"])
def test_text_that_is_sent_back_is_drafted_again_and_no_consent_is_left(page, frozen, result):
    digest = frozen.digest

    send(page, frozen, "send_back", result=result, words="국비 부담이 과다함")

    assert fresh(frozen).state == "drafting"
    assert set(frozen.parties.values_list("state", flat=True)) == {"named"}
    assert Resolution.objects.get().digest == digest


def test_deferral_and_return_say_why(page, frozen):
    for move, entered in (
        ("defer", {"next_on": "2099-12-03"}),
        ("send_back", {"result": "rejected"}),
    ):
        refused = send(page, frozen, move, **entered)
        assert list(refused.context["form"].errors) == ["words"]


def test_every_decision_stays_readable_on_the_page_and_in_the_archive(client, cast, page, frozen):
    send(page, frozen, "defer", words="자료 보완", next_on="2099-12-03")
    send(page, frozen, "resolve", result="approved", resolution="제13차-1")

    client.force_login(cast["motir_reviewer"])
    shown = client.get(f"/agreements/{frozen.agreement_id}/").content.decode()
    assert "제12차-3" in shown
    assert "자료 보완" in shown
    archived = resolutions(frozen.agreement)
    assert [row["result"] for row in archived] == ["deferred", "approved"]
    assert {row["digest"] for row in archived} == {frozen.digest}


def test_same_by_program(page, frozen):
    sent = DECIDED | {"result": "approved", "seen": frozen.moves_made}
    address = f"/api/v1/agreements/{frozen.agreement_id}/moves/resolve/"

    answer = page.post(address, sent, content_type="application/json")

    assert answer.status_code == 200
    assert answer.json()["state"] == "signing"


def row(version, cast, **values):
    given = {"number": "1", "day": date(2026, 11, 1), "digest": version.digest}
    return Resolution(version=version, recorded_by=cast["coordinator"], **given | values)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"result": "rejected"}, "resolution_says_why"),
        ({"result": "conditional", "words": "x"}, "resolution_conditions_are_met"),
        ({"result": "deferred", "words": "x"}, "resolution_deferred_until_a_later_day"),
    ],
)
def test_resolution_constraint(cast, frozen, values, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row(frozen, cast, **values).save()


def test_database_never_changes_a_resolution(cast, frozen):
    row(frozen, cast, result="approved").save()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Resolution.objects.update(number="2")
