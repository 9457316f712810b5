"""Pages of payments: from granted tranches to what the bank did not pay, in both languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from rest_framework.test import APIClient

from disbursements.bank import confirming
from disbursements.models import BankLine, PaymentBatch
from foundation.time import clock
from tests.disbursements import acts

from ..test_views import browser, queries
from .test_payments import HOSTILE

NEW = "/payments/new/MOTIR/"


@pytest.fixture
def tranches(cast, voted):
    return [acts.granted(cast, voted, 100_000 + n) for n in range(3)]


@pytest.fixture
def sent(cast, tranches):
    acts.account(cast)
    return acts.send(cast, acts.batch(cast, *tranches))


def chosen(*tranches):
    return {"tranches": [tranche.pk for tranche in tranches]}


def upload(client, batch, content, name="confirmations.csv"):
    address = reverse("disbursements:confirmations", args=[batch.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content), "key": name})


@pytest.mark.parametrize("language", ["ko", "en"])
def test_road_of_a_batch_by_page(cast, voted, tranches, language):
    acts.account(cast)
    writer = browser(cast["motir_finance"], language)
    payer = browser(cast["motir_payer"], language)

    page = writer.get(NEW)
    assert page.context["form"].fields["tranches"].initial == [each.pk for each in tranches]
    assert "**67-89" in page.content.decode()
    address = writer.post(NEW, chosen(*tranches[:2]))["Location"]
    batch = PaymentBatch.objects.get()
    assert address == batch.get_absolute_url()
    assert [m["name"] for m in writer.get(address).context["moves"]] == ["withdraw"]
    assert [m["name"] for m in payer.get(address).context["moves"]] == ["send", "withdraw"]
    payer.post(f"{address}moves/send/", {"seen": 1})

    file = payer.get(f"{address}file/")
    assert file.getvalue() == bytes(batch.files.get().content)
    assert file["Content-Disposition"] == f'attachment; filename="RIA-{batch.pk}.csv"'
    assert upload(payer, batch, acts.answer_of(batch))["Location"] == address
    page = payer.get(address)
    assert page["Content-Language"] == language
    assert page.context["progress"] == {"all": 2, "waiting": 0, "done": 2}
    assert acts.totals(voted, "paid") == (200_001,)


def test_recipient_without_an_account_is_named_on_the_form(cast, tranches):
    client = browser(cast["motir_finance"], "ko")

    page, answer = client.get(NEW), client.post(NEW, chosen(tranches[0]))

    assert page.context["form"].fields["tranches"].initial == []
    assert "강릉시의 유효한 입금 계좌가 없습니다" in page.content.decode()
    assert answer.status_code == 422
    assert "강릉시의 유효한 입금 계좌가 없습니다" in str(answer.context["form"].errors["tranches"])


def test_what_cannot_be_paid_is_not_chosen(cast, voted, tranches):
    acts.account(cast)
    client = browser(cast["motir_finance"])
    waiting = acts.request(cast, voted, 5)

    for keys in ({}, chosen(waiting), {"tranches": ["x"]}, {"tranches": ["9" * 30]}):
        answer = client.post(NEW, keys)
        assert (answer.status_code, "tranches" in answer.context["form"].errors) == (422, True)
    assert not PaymentBatch.objects.exists()


def test_strangers_find_nothing(cast, sent):
    addresses = [sent.get_absolute_url(), reverse("disbursements:payment-file", args=[sent.pk])]
    addresses += [reverse("disbursements:confirmations", args=[sent.pk])]
    for who in ("finance", "mcst_finance", "hongseong_drafter", "nobody"):
        client = browser(cast[who])
        assert [client.get(address).status_code for address in addresses] == [404] * 3, who
        assert client.get(NEW).status_code == 403
    for who in ("auditor", "motir_reviewer"):
        client = browser(cast[who])
        assert [client.get(address).status_code for address in addresses] == [200, 403, 403], who
        assert "301-0123" not in client.get(addresses[0]).content.decode()
        assert client.post(f"{addresses[0]}go-on/").status_code == 403


def test_hostile_file_is_refused_at_its_field_and_nothing_is_written(cast, sent):
    client = browser(cast["motir_payer"])
    for name, content in HOSTILE.items():
        answer = upload(client, sent, content)
        assert (answer.status_code, "file" in answer.context["form"].errors) == (422, True), name

    assert (sent.lines.count(), sent.files.count()) == (0, 1)


def test_file_of_another_batch_is_refused(cast, voted, sent):
    other = acts.send(cast, acts.batch(cast, acts.granted(cast, voted, 5)))

    answer = upload(browser(cast["motir_payer"]), sent, acts.answer_of(other))

    assert answer.status_code == 409
    assert "No line of this file belongs to this batch." in answer.content.decode()
    assert sent.lines.count() == 0


def test_same_file_is_answered_with_where_it_was_read(cast, voted, sent):
    client = browser(cast["motir_payer"])
    content = acts.answer_of(sent)
    upload(client, sent, content)

    again = upload(client, sent, content, name="again.csv")
    double_click = upload(client, sent, content)

    assert (again.status_code, double_click.status_code) == (409, 302)
    assert str(sent.get_absolute_url()) in again.content.decode()
    assert acts.totals(voted, "paid") == (300_003,)


def test_unmatched_line_is_settled_and_its_tranche_let_go(cast, voted, sent):
    client = browser(cast["motir_payer"])
    unknown = ("RIA-999999-1", 5, clock.today(), "paid", "")
    upload(client, sent, acts.answer_of(sent, won=7, more=[unknown]))
    page = client.get(sent.get_absolute_url())
    assert page.context["unmatched_all"] == 4

    for each in page.context["unmatched"]:
        where = reverse("disbursements:move-bank-line", args=[each.pk, "settle"])
        assert each.item_reference in client.get(where).content.decode()
        assert "note" in client.post(where, {"seen": 1}).context["form"].errors
        client.post(where, {"seen": 1, "note": "은행에 확인", "release": "on"})

    page = client.get(sent.get_absolute_url())
    assert (page.context["unmatched_all"], page.context["batch"].state) == (0, "done")


def test_what_a_stopped_run_left_is_taken_up_by_a_button(cast, voted, sent, monkeypatch):
    client = browser(cast["motir_payer"])
    monkeypatch.setattr(confirming, "AT_ONCE", 2)
    upload(client, sent, acts.answer_of(sent))
    page = client.get(sent.get_absolute_url())
    assert page.context["progress"] == {"all": 3, "waiting": 1, "done": 2}
    assert "2 of 3 lines are done." in page.content.decode()

    client.post(f"{sent.get_absolute_url()}go-on/")

    assert not BankLine.objects.filter(state="waiting").exists()
    assert acts.totals(voted, "paid") == (300_003,)


def test_tranche_on_its_way_is_no_work_to_pay_by_hand(cast, sent, tranches):
    answer = browser(cast["motir_payer"]).get("/api/v1/work/").json()

    assert [item["kind"] for item in answer["coming"]] == []


def test_pages_cost_the_same_for_any_number(cast, voted, sent, django_assert_num_queries):
    client, address = browser(cast["motir_payer"]), sent.get_absolute_url()
    acts.read(cast, sent, acts.answer_of(sent, won=7))
    queries(client, address, django_assert_num_queries, 17)
    acts.granted(cast, voted, 5)
    queries(client, NEW, django_assert_num_queries, 13)
    tranches = [acts.granted(cast, voted, 5) for _n in range(20)]
    queries(client, NEW, django_assert_num_queries, 13)
    more = acts.send(cast, acts.batch(cast, *tranches))
    acts.read(cast, more, acts.answer_of(more, won=7))
    queries(client, more.get_absolute_url(), django_assert_num_queries, 17)


def test_road_of_a_batch_by_program(cast, voted, tranches):
    account = acts.account(cast)
    writer, payer = APIClient(), APIClient()
    writer.force_authenticate(cast["motir_finance"])
    payer.force_authenticate(cast["motir_payer"])

    values = {"payer": "MOTIR", "tranches": [each.pk for each in tranches]}
    made = writer.post("/api/v1/payments/", values, format="json")
    assert (made.status_code, made.json()["won"]) == (201, 300_003)
    address = f"/api/v1/payments/{made.json()['id']}/"
    item = made.json()["items"][0]
    assert (item["account"], item["outcome"]) == (account.pk, "open")
    assert payer.post(f"{address}moves/send/", {}, format="json").json()["state"] == "sent"
    batch = PaymentBatch.objects.get()
    file = SimpleUploadedFile("bank.csv", acts.answer_of(batch, won=7))
    read = payer.post(f"{address}confirmations/", {"file": file}, format="multipart").json()
    assert (read["state"], read["lines"]) == ("sent", {"all": 3, "waiting": 0, "done": 3})
    lines = payer.get("/api/v1/bank-lines/", {"state": "unmatched"}).json()["results"]
    assert {line["reason"] for line in lines} == {"amount"}
    for line in lines:
        settle = f"/api/v1/bank-lines/{line['id']}/moves/settle/"
        answer = payer.post(settle, {"note": "x", "release": True}, format="json")
        assert answer.json()["state"] == "settled"
    assert payer.get(address).json()["state"] == "done"
    broken = SimpleUploadedFile("bank.csv", b"x")
    answer = payer.post(f"{address}confirmations/", {"file": broken}, format="multipart")
    assert answer.status_code == 400
    assert "file" in answer.json()


def test_day_of_a_payment_is_the_banks(cast, sent, tranches):
    acts.read(cast, sent, acts.answer_of(sent))

    entry = tranches[0].entries.get(stage="paid")
    assert entry.as_of == clock.today()
