"""Money as JSON: the same forms, the same refusals."""

from rest_framework.test import APIClient

from foundation.time import clock

from . import acts
from .test_views import more_lines


def program(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def send(client, address, key="k1", **values):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(f"/api/v1/{address}", values, format="json", headers=headers)


def figure(won):
    return {"won": won, "as_of": str(clock.today()), "evidence": "교부결정 2027-1"}


def test_line_carries_its_totals(cast, voted):
    acts.pay(cast, acts.granted(cast, voted, 600_000), 500_000)

    answer = program(cast["auditor"]).get(f"/api/v1/appropriations/{voted.pk}/").json()

    assert answer["balance"] == {
        "agreed": 1_000_000,
        "voted": 1_000_000,
        "carried_in": 0,
        "granted": 600_000,
        "paid": 500_000,
        "executed": 0,
        "carried_out": 0,
        "lapsed": 0,
        "returned": 0,
        "requested": 0,
        "applied": 0,
        "bill": 0,
        "provisional": 0,
        "final": 0,
        "pooled": 0,
        "drawn": 0,
        "revoked": 0,
        "interest": 0,
        "contracted": 0,
        "in_appropriation": 400_000,
        "in_grant": 100_000,
        "in_treasury": 500_000,
        "untold_since": "2026-11-02",
        "gap": 0,
    }
    assert (answer["payer"], answer["recipient"]) == ("MOTIR", "gangwon-gangneung")
    assert answer["moves"] == []


def test_gap_is_null_until_something_is_voted(cast, line):
    answer = program(cast["auditor"]).get(f"/api/v1/appropriations/{line.pk}/").json()

    assert answer["balance"]["gap"] is None


def test_road_of_a_tranche(cast, line):
    ministry, local = program(cast["motir_finance"]), program(cast["finance"])
    payer = program(cast["motir_payer"])

    voted = send(ministry, f"appropriations/{line.pk}/moves/vote/", **figure(900_000)).json()
    assert voted["balance"]["gap"] == -100_000

    asked = send(local, "tranches/", appropriation=line.pk, won=500_000, purpose="1차")
    assert (asked.status_code, asked.json()["state"]) == (201, "requested")
    tranche = f"tranches/{asked.json()['id']}"
    granted = send(ministry, f"{tranche}/moves/grant/", "k2", **figure(400_000)).json()
    assert (granted["state"], granted["granted"], granted["moves"]) == (
        "granted",
        400_000,
        ["revoke", "redate"],
    )

    send(payer, f"{tranche}/moves/pay/", **figure(150_000))
    send(payer, f"{tranche}/moves/pay/", "k2", **figure(250_000))
    paid = local.get(f"/api/v1/{tranche}/").json()
    assert (paid["state"], paid["paid"]) == ("paid", 400_000)

    address = f"appropriations/{line.pk}/moves/execute/"
    executed = send(local, address, "k2", **figure(90_000)).json()
    assert executed["balance"]["executed"] == 90_000


def test_refusal_is_a_conflict_with_its_sentence(cast, voted):
    tranche = acts.granted(cast, voted, 10)

    answer = send(program(cast["motir_payer"]), f"tranches/{tranche.pk}/moves/pay/", **figure(11))

    assert answer.status_code == 409
    assert "10" in answer.json()["detail"]


def test_money_without_a_key_is_refused(cast, voted):
    tranche = acts.granted(cast, voted, 10)
    address = f"tranches/{tranche.pk}/moves/pay/"

    answer = send(program(cast["motir_payer"]), address, key="", **figure(5))

    assert answer.status_code == 409
    assert acts.totals(voted, "paid") == (0,)


def test_same_key_with_another_amount_is_refused(cast, voted):
    tranche = acts.granted(cast, voted, 10)
    client, address = program(cast["motir_payer"]), f"tranches/{tranche.pk}/moves/pay/"

    answers = [send(client, address, **figure(won)).status_code for won in (5, 5, 4)]

    assert answers == [200, 200, 409]
    assert acts.totals(voted, "paid") == (5,)


def test_what_is_missing_or_wrong_is_named(cast, voted):
    tranche = acts.granted(cast, voted, 10)
    client, address = program(cast["motir_payer"]), f"tranches/{tranche.pk}/moves/pay/"

    for values, field in (
        ({}, "won"),
        ({"won": "1.5"}, "won"),
        ({"won": 5}, "as_of"),
        ({"won": 5, "as_of": "yesterday"}, "as_of"),
    ):
        answer = send(client, address, **values)
        assert (answer.status_code, field in answer.json()) == (400, True), values


def test_tranche_of_no_line_is_not_found(cast, voted):
    client = program(cast["finance"])

    for line in (None, "", "x", 10**9, -1, 10**30):
        assert send(client, "tranches/", appropriation=line, won=1).status_code == 404, line


def test_outsider_finds_no_line_to_request_on(cast, voted):
    client = program(cast["hongseong_drafter"])

    answer = send(client, "tranches/", appropriation=voted.pk, won=1, purpose="1차")

    assert answer.status_code == 404
    assert client.get("/api/v1/appropriations/").json()["results"] == []


def test_reader_who_may_not_act_is_forbidden(cast, voted):
    values = {"appropriation": voted.pk, "won": 1, "purpose": "1차"}

    assert send(program(cast["auditor"]), "tranches/", **values).status_code == 403


def test_lines_are_filtered(cast, voted):
    client = program(cast["auditor"])

    def count(**chosen):
        return client.get("/api/v1/appropriations/", chosen).json()["count"]

    assert count() == 18
    assert count(fiscal_year=2027) == 6
    assert count(fiscal_year=2027, source="national") == 2
    assert count(component=voted.component_id, fiscal_year=2027, source="national") == 1


def test_lists_cost_the_same_for_any_number(cast, voted, django_assert_num_queries):
    client = program(cast["auditor"])
    acts.request(cast, voted, 10)
    lists = ("/api/v1/appropriations/?source=national", "/api/v1/tranches/")

    for address in lists:
        client.get(address)
        with django_assert_num_queries(6):
            client.get(address)
    more_lines(voted, 30)
    for _n in range(30):
        acts.request(cast, voted, 10)
    for address in lists:
        with django_assert_num_queries(6):
            client.get(address)
