"""A bank account is changed by two people, after a waiting time, with notices."""

from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError

from disbursements.bank.workflow import BANK_ACCOUNT
from disbursements.models import BankAccount
from foundation.engine.workflow import NEW, NotNow
from foundation.time import clock
from reminders.models import Notice
from tests import factories
from tests.disbursements import acts

from ..ledger.test_models import breaks
from ..ledger.test_triggers import sql
from ..test_views import browser

TABLE = {
    # move: (from, to, permission)
    "request": ({NEW}, "requested", "disbursements.request_bank_account"),
    "confirm": ({"requested"}, "confirmed", "disbursements.confirm_bank_account"),
    "refuse": ({"requested"}, "refused", "disbursements.confirm_bank_account"),
    "withdraw": ({"requested", "confirmed"}, "withdrawn", "disbursements.stop_bank_account"),
}
TODAY = date(2099, 3, 2)  # a Monday; the day after is still a working day


@contextmanager
def on(day):
    with clock.at(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)):
        yield


@pytest.fixture
def monday():
    with on(TODAY):
        yield TODAY


def in_effect(cast, day):
    rows = BankAccount.objects.filter(organisation=cast.gangneung)
    return rows.confirmed_by_day(day).first()


def test_table_is_as_written_here():
    moves = BANK_ACCOUNT.moves.values()

    assert {m.name: (m.source, m.target, m.permission) for m in moves} == TABLE


def test_account_waits_three_working_days(cast, monday):
    account = acts.confirm_account(cast, acts.request_account(cast))

    assert account.effective_on == date(2099, 3, 5)
    assert in_effect(cast, date(2099, 3, 4)) is None
    assert in_effect(cast, date(2099, 3, 5)) == account


def test_old_account_is_valid_until_the_new_one_is(cast, monday):
    old = acts.account(cast)
    new = acts.confirm_account(cast, acts.request_account(cast, number="110-222-333333"))

    days = [TODAY + timedelta(days=n) for n in range(5)]
    assert [in_effect(cast, day) for day in days] == [old, old, old, new, new]


def test_nobody_confirms_what_they_requested(cast):
    posts = [(role, cast.gangneung) for role in ("finance", "approver")]
    cast["both"] = factories.person("both", *posts)
    account = acts.request_account(cast, actor="both")

    for move in ("confirm", "refuse"):
        with pytest.raises(PermissionDenied):
            BANK_ACCOUNT.perform(move, account, actor=cast["both"], note="x")
    with breaks("bank_account_four_eyes"):
        BankAccount.objects.filter(pk=account.pk).update(confirmed_by=cast["both"])


def test_who_may_do_what(cast, monday):
    may = {
        "request": {"finance"},
        "confirm": {"approver"},
        "refuse": {"approver"},
        "withdraw": {"finance", "approver"},
    }
    for move, who in may.items():
        done = set()
        for name in cast:
            row = BankAccount(organisation=cast.gangneung, bank="011", number="1234567", holder="a")
            with acts.undone(), suppress(PermissionDenied):
                if move != "request":
                    row = acts.request_account(cast)
                BANK_ACCOUNT.perform(move, row, actor=cast[name], note="x")
                done.add(name)
        assert done == who, move


def test_change_is_stopped_while_it_waits_and_not_after(cast, monday):
    old = acts.account(cast)
    new = acts.confirm_account(cast, acts.request_account(cast, number="110-222-333333"))

    with on(date(2099, 3, 5)), pytest.raises(NotNow):
        BANK_ACCOUNT.perform("withdraw", new, actor=cast["finance"], note="늦었다")
    with on(date(2099, 3, 4)):
        BANK_ACCOUNT.perform("withdraw", new, actor=cast["finance"], note="내가 요청하지 않았다")

    assert in_effect(cast, date(2099, 4, 1)) == old
    call_command("verify_history")


def test_one_change_at_a_time(cast, monday):
    first = acts.request_account(cast)
    with pytest.raises(NotNow):
        acts.request_account(cast)
    acts.confirm_account(cast, first)

    second = acts.request_account(cast)
    with pytest.raises(NotNow):
        acts.confirm_account(cast, second)


def test_officers_of_the_organisation_are_notified_of_a_new_account(cast, monday):
    account = acts.request_account(cast)
    acts.confirm_account(cast, account)

    notices = Notice.objects.filter(kind="account_changed").order_by("pk")
    assert {notice.person for notice in notices} == {cast["finance"], cast["approver"]}
    assert len(notices) == 4
    assert {notice.link for notice in notices} == {account.get_absolute_url()}
    heads = [notice.headline.partition(":")[0] for notice in notices]
    assert (
        heads
        == ["귀 기관의 새 입금 계좌가 신청되었습니다"] * 2
        + ["귀 기관의 새 입금 계좌가 확인되어 곧 적용됩니다"] * 2
    )
    assert "301-0123" not in " ".join(notice.headline + notice.body for notice in notices)


def test_confirmed_account_never_changes(cast):
    account = acts.account(cast)
    waiting = acts.confirm_account(cast, acts.request_account(cast, number="110-222-333333"))
    table = "UPDATE disbursements_bankaccount SET"
    for row in (account, waiting):
        for change in ("number = '9999999'", "holder = 'x'", "bank = '088'", "state = 'requested'"):
            with breaks("bank_account_stays"):
                sql(f"{table} {change} WHERE id = {row.pk}")
        with breaks("bank_account_stays"):
            sql(f"{table} effective_on = effective_on + 1 WHERE id = {row.pk}")
    with breaks("bank_account_stays"):
        sql(f"{table} state = 'withdrawn' WHERE id = {account.pk}")
    with breaks("bank_account_stays"):
        sql(f"DELETE FROM disbursements_bankaccount WHERE id = {account.pk}")
    with pytest.raises(IntegrityError, match="append-only"):
        sql("TRUNCATE disbursements_bankaccount CASCADE")
    sql(f"{table} state = 'withdrawn' WHERE id = {waiting.pk}")


def test_requested_account_keeps_what_was_asked_for(cast):
    account = acts.request_account(cast)

    with breaks("bank_account_stays"):
        sql(f"UPDATE disbursements_bankaccount SET number = '9999999' WHERE id = {account.pk}")


def test_every_constraint_of_an_account(cast, monday):
    account = acts.request_account(cast)
    rows = BankAccount.objects.filter(pk=account.pk)
    day = {"state": "confirmed", "confirmed_by": cast["approver"], "confirmed_on": TODAY}
    with breaks("bank_account_confirmed_waits"):
        rows.update(**day, effective_on=TODAY + timedelta(days=2))
    with breaks("bank_account_one_request"):
        copy(account)
    with breaks("bank_account_bank_has_three_digits"):
        copy(account, bank="11")
    for number in ("12-34", "=1+1", "1234567890-", "301--0123456"):
        with breaks("bank_account_number_is_digits"):
            copy(account, number=number)
    acts.confirm_account(cast, account)
    account.refresh_from_db()
    with breaks("bank_account_one_a_day"):
        copy(account)


def copy(account, **values):
    row = BankAccount.objects.get(pk=account.pk)
    row.pk, row._state.adding = None, True
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_every_named_constraint_is_broken_here():
    with open(__file__, encoding="utf-8") as this:
        text = this.read()

    names = [constraint.name for constraint in BankAccount._meta.constraints]
    assert [name for name in names if f'"{name}"' not in text] == []


def reads(page):
    text = page.content.decode()
    return "whole" if "301-0123-4567-89" in text else "masked" if "67-89" in text else "nothing"


def test_number_is_whole_for_the_organisation_and_its_payers_alone(cast, version):
    account = acts.account(cast)
    shown = {}
    for who in ("finance", "drafter", "motir_finance", "auditor", "coordinator"):
        client = browser(cast[who])
        pages = ["/bank-accounts/", account.get_absolute_url(), "/api/v1/bank-accounts/"]
        pages.append(f"/api/v1/bank-accounts/{account.pk}/")
        (shown[who],) = {reads(client.get(page)) for page in pages}

    assert shown == {
        "finance": "whole",
        "drafter": "whole",
        "motir_finance": "whole",
        "auditor": "masked",
        "coordinator": "masked",
    }
    for who in ("motir_reviewer", "hongseong_drafter", "nobody"):
        assert browser(cast[who]).get(account.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_account_is_requested_and_confirmed_by_page(cast, monday, language):
    finance, approver = browser(cast["finance"], language), browser(cast["approver"], language)
    address = "/bank-accounts/new/gangwon-gangneung/"
    entered = {"bank": "011", "number": "301-0123-4567-89", "holder": "강릉시금고"}

    for wrong in ({"number": "=1+1"}, {"bank": "999"}, {"holder": ""}, {"holder": "a\x07b"}):
        answer = finance.post(address, entered | wrong)
        assert answer.status_code == 422
        assert set(wrong) == set(answer.context["form"].errors)
    made = finance.post(address, entered)
    account = BankAccount.objects.get()
    assert made["Location"] == account.get_absolute_url()
    page = approver.get(account.get_absolute_url())
    assert [move["name"] for move in page.context["moves"]] == ["confirm", "refuse", "withdraw"]
    approver.post(f"/bank-accounts/{account.pk}/moves/confirm/", {"seen": 1})
    for client in (finance, approver):
        page = client.get(account.get_absolute_url())
        assert [move["name"] for move in page.context["moves"]] == ["withdraw"]
        assert client.get("/bank-accounts/")["Content-Language"] == language
