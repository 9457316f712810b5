"""Amendments by page and by API: the same forms, the same refusals."""

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token
from rest_framework.test import APIClient

from agreements.models import Amendment
from tests import factories
from tests.agreements.versions.applying import applied


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def program(user):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {Token.objects.get_or_create(user=user)[0].key}")
    return client


def component_of(version, ministry="MCST"):
    return version.agreement.proposal.components.get(ministry=ministry)


def test_approver_proposes_and_the_drafter_writes_by_page(cast, call):
    base = factories.in_force(cast, call)
    address = f"/agreements/{base.agreement_id}/"
    form = browser(cast["approver"]).get(f"{address}amendments/new/").context["form"]
    answer = browser(cast["approver"]).post(
        f"{address}amendments/new/",
        {"organisation": form["organisation"].value(), "reason": "공사 지연"},
    )
    amendment = Amendment.objects.get()
    assert answer["Location"] == amendment.get_absolute_url()

    drafter = browser(cast["drafter"])
    amounts = f"{address}amounts/{component_of(base).pk}/"
    shown = drafter.get(amounts).context["form"]
    held = {name: field.initial for name, field in shown.fields.items() if field.initial}
    drafter.post(amounts, held | {"won_2029_national": "900,000"})
    drafter.post(f"{address}terms/", {"first_year": 2027, "last_year": 2029, "area": 3000})

    text = amendment.version.text()
    assert amendment.version.schedule.filter(won=900_000).count() == 1
    amendment.version.refresh_from_db()
    assert (text["years"], amendment.version.area) == ([2027, 2029], 3000)
    html = drafter.get(amendment.get_absolute_url()).content.decode()
    assert "900,000" in html


def test_party_that_did_not_propose_does_not_write(cast, call):
    version = factories.amending(cast, call)
    stranger = browser(cast["mcst_reviewer"])

    assert stranger.get(f"/agreements/{version.agreement_id}/terms/").status_code == 403


def test_first_version_is_not_amended_in_its_draft(cast, call):
    version = factories.drafted(cast, call)
    client, here = browser(cast["coordinator"]), f"/agreements/{version.agreement_id}"

    for page in (f"amounts/{component_of(version).pk}", "lead", "heirs"):
        assert client.get(f"{here}/{page}/").status_code == 404


def test_agreement_page_shows_the_version_in_force_and_the_amendment_beside_it(cast, call):
    version = factories.change(
        cast, factories.amending(cast, call), {("MCST", 2029, "national"): 900_000}
    )
    client = browser(cast["mcst_approver"])

    page = client.get(version.agreement.get_absolute_url())

    assert page.context["version"].number == 1
    assert page.context["amendment"] == version.amendment
    assert version.amendment.get_absolute_url() in page.content.decode()
    own = client.get(version.get_absolute_url())
    assert own.context["version"].number == 2


def test_moves_of_an_agreement_find_the_version_they_are_about(cast, call):
    version = factories.change(
        cast, factories.amending(cast, call), {("MCST", 2029, "national"): 900_000}
    )
    client, here = browser(cast["coordinator"]), f"/agreements/{version.agreement_id}/moves"

    client.post(f"{here}/circulate/", {"seen": version.moves_made})
    client.post(f"{here}/suspend/", {"note": "감사"})

    version.refresh_from_db()
    assert version.state == "consent"
    assert version.agreement.versions.get(number=1).state == "suspended"


def test_every_version_stays_readable(cast, call):
    version = factories.amended(cast, call)
    client = browser(cast["province_approver"])

    pages = [client.get(f"/agreements/{version.agreement_id}/versions/{n}/") for n in (1, 2)]
    listed = client.get(f"/agreements/{version.agreement_id}/versions/")

    assert [page.context["version"].number for page in pages] == [1, 2]
    assert [row.number for row in listed.context["rows"]] == [2, 1]


def test_two_versions_side_by_side_by_word_and_cell(cast, call):
    version = factories.amended(cast, call)
    page = browser(cast["auditor"]).get(f"/agreements/{version.agreement_id}/comparison/")

    (cell,) = page.context["cells"]
    assert (cell.before, cell.after, cell.rate) == (1_000_000, 900_000, "−10.0%")
    assert page.context["total"].change == -100_000
    assert page.context["texts"] == []


def test_closed_years_are_shown_and_not_taken(cast, call):
    from datetime import UTC, datetime  # noqa: PLC0415 -- of this test alone

    from foundation.time import clock  # noqa: PLC0415

    version = factories.amending(cast, call)
    address = f"/agreements/{version.agreement_id}/amounts/{component_of(version).pk}/"
    client = browser(cast["coordinator"])

    with clock.at(datetime(2028, 3, 2, tzinfo=UTC)):
        form = client.get(address).context["form"]
        answer = client.post(address, {"won_2027_national": "5", "won_2028_national": "7"})

    assert form.closed_years == [2027]
    assert answer.status_code == 302
    rows = version.schedule.filter(component=component_of(version), source="national")
    assert dict(rows.values_list("fiscal_year", "won")) == {2027: 1_000_000, 2028: 7}


def test_a_party_of_the_base_leaves_and_stays_after_all(cast, call):
    version = factories.amending(cast, call)
    party = version.parties.get(organisation="gangwon")
    client, address = browser(cast["coordinator"]), f"/parties/{party.pk}/remove/"

    client.post(address, {})
    party.refresh_from_db()
    assert party.role == "leaving"
    client.post(address, {})

    party.refresh_from_db()
    assert party.role == "province"


@pytest.mark.parametrize(("before", "after"), [(1, 2), (2, 1)])
def test_comparison_as_json_is_complete(cast, call, before, after):
    version = factories.amended(cast, call)
    client, here = program(cast["auditor"]), f"/api/v1/agreements/{version.agreement_id}"

    texts = {n: client.get(f"{here}/versions/{n}/").json()["text"] for n in (1, 2)}
    changes = client.get(f"{here}/comparison/?before={before}&after={after}").json()

    assert applied(texts[before], changes) == texts[after]


def test_amendment_by_program_from_the_proposal_into_force(cast, call):
    base = factories.in_force(cast, call)
    sent = {"agreement": base.agreement_id, "organisation": "gangwon-gangneung", "reason": "변경"}
    made = program(cast["approver"]).post("/api/v1/amendments/", sent, format="json")
    assert (made.status_code, made.json()["version"]) == (201, 2)

    here = f"/api/v1/agreements/{base.agreement_id}"
    lines = [
        {"fiscal_year": line.fiscal_year, "source": line.source, "won": line.won}
        for line in base.schedule.filter(component=component_of(base))
    ]
    lines[0]["won"] -= 1
    amounts = f"{here}/amounts/{component_of(base).pk}/"
    coordinator = program(cast["coordinator"])
    assert coordinator.put(amounts, {"lines": lines}, format="json").status_code == 200
    assert coordinator.post(f"{here}/moves/circulate/").json()["kind"] == "minor"
    version = base.agreement.versions.get(number=2)
    factories.consented(cast, version)

    found = coordinator.get(f"{here}/").json()
    assert (found["number"], found["state"]) == (2, "in_force")
    assert found["materiality"][0]["change"] == -1
    rows = coordinator.get(f"{here}/versions/").json()
    assert [(row["number"], row["state"]) for row in rows] == [(2, "in_force"), (1, "superseded")]


def test_termination_by_program_needs_two_coordinators(cast, call):
    base = factories.in_force(cast, call)
    sent = {
        "agreement": base.agreement_id,
        "organisation": "PCDBD",
        "ground": "mutual",
        "resolution": "제14차-2",
        "resolved_on": "2026-11-03",
        "unspent": "returned",
        "reason": "합의",
    }
    first, second = program(cast["coordinator"]), program(cast["second_coordinator"])
    made = first.post("/api/v1/terminations/", sent, format="json")
    assert made.status_code == 201
    address = f"/api/v1/terminations/{made.json()['id']}/moves/decide/"

    assert first.post(address).status_code == 403
    assert second.post(address).json()["state"] == "decided"
