"""A draft amendment after a cut: its amounts are written, or nothing is proposed."""

import pytest

from agreements.models import Amendment, Version
from disbursements.stability.reductions import How, after_cut
from projects.models import Source

from ..test_views import browser

N, P, M = Source.NATIONAL, Source.PROVINCIAL, Source.MUNICIPAL
BEFORE = {(2027, N): 1_000, (2027, P): 300, (2027, M): 701, (2028, N): 500}


@pytest.mark.parametrize(
    ("how", "after"),
    [
        (How.SMALLER, {(2027, N): 800, (2027, P): 240, (2027, M): 560, (2028, N): 500}),
        (How.LATER, {(2027, N): 800, (2027, P): 300, (2027, M): 701, (2028, N): 700}),
        (How.BORNE, {(2027, N): 800, (2027, P): 300, (2027, M): 901, (2028, N): 500}),
    ],
)
def test_amounts_by_hand(how, after):
    assert after_cut(BEFORE, 2027, 200, how) == after  # 701 x 800 / 1000 = 560.8


def test_component_that_is_cut_away_has_no_amounts_left():
    assert after_cut({(2027, N): 10, (2027, M): 10}, 2027, 10, How.SMALLER) == {}


def send(client, version, **values):
    form = {"key": "k", "seen": "0", "ministry": "MOTIR", "year": "2028", "percent": "20"}
    form |= {"how": "smaller", "organisation": "gangwon-gangneung", "reason": "국비 감액"}
    return client.post(f"/agreements/{version.agreement_id}/cut/", form | values)


def test_what_if_leads_to_a_draft_with_the_amounts_written(cast, version):
    client = browser(cast["approver"])
    page = client.get("/stability/cut/?ministry=MOTIR&year=2028&percent=20").content.decode()
    assert f"/agreements/{version.agreement_id}/cut/?ministry=MOTIR" in page

    sent = send(client, version)

    amendment = Amendment.objects.get()
    assert sent.url == amendment.get_absolute_url()
    rows = amendment.version.schedule.filter(component__ministry="MOTIR", fiscal_year=2028)
    assert dict(rows.values_list("source", "won")) == {
        "national": 800_000, "provincial": 240_000, "municipal": 560_000,
    }  # fmt: skip
    others = amendment.version.schedule.exclude(component__ministry="MOTIR", fiscal_year=2028)
    assert sum(others.values_list("won", flat=True)) == 10_000_000  # untouched


def test_what_cannot_be_moved_later_proposes_nothing(cast, version):
    answer = send(browser(cast["approver"]), version, year="2029", how="later")

    assert answer.status_code == 409
    assert not Amendment.objects.exists()
    assert Version.objects.filter(agreement=version.agreement).count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"percent": "0"}, "percent"),
        ({"year": "2050"}, "year"),
        ({"ministry": "MOE"}, "ministry"),
        ({"how": "never"}, "how"),
        ({"reason": ""}, "reason"),
    ],
)
def test_bad_input_is_reported_at_its_field(cast, version, values, field):
    answer = send(browser(cast["approver"]), version, **values)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Amendment.objects.exists()
