"""An account is requested and confirmed, a batch paid, its confirmations read: by keyboard."""

import pytest

from disbursements.models import BankAccount, PaymentBatch
from tests import factories
from tests.disbursements import acts

from .keyboard import press, write
from .pages import KOREAN, WIDTHS, findings, is_too_wide
from .test_coordinating import People
from .test_workbook import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
SEND = "main form .actions.bottom button.primary"


@pytest.fixture
def voted(cast, call):
    factories.in_force(cast, call)
    return acts.vote(cast, acts.line(), 1_000_000)


def check(page, axe, name):
    assert findings(page, axe) == []
    for width in WIDTHS:
        assert not is_too_wide(page, width), (name, width)
        look(page, name.format(width))


@pytest.mark.parametrize("language", KOREAN)
def test_account_and_batch(cast, chromium, axe, live_server, voted, tmp_path, language):
    people = People(chromium, live_server, language, 1280)
    acts.account(cast, number="110-222-333333")
    change_account(people, axe)
    for n in range(4):
        acts.granted(cast, voted, 100_000 + n)
    acts.account(cast, organisation=cast.motir, actor="motir_finance", who="motir_approver")

    page = people.at("motir_finance", "/payments/new/MOTIR/")
    check(page, axe, f"new-batch-{language}-{{}}")
    press(page, SEND)
    batch = PaymentBatch.objects.get()
    page = people.at("motir_payer", batch.get_absolute_url())
    press(page, "form[action$='/moves/send/'] button")
    batch.refresh_from_db()
    read_confirmations(people, axe, batch, tmp_path)
    people.go_home()


def change_account(people, axe):
    page = people.at("finance", "/bank-accounts/new/gangwon-gangneung/")
    page.select_option("#id_bank", "011")
    write(page, "#id_number", "301-0123-4567-8")
    write(page, "#id_holder", "강릉시금고")
    check(page, axe, f"new-account-{people.language}-{{}}")
    press(page, SEND)
    account = BankAccount.objects.get(state="requested")
    page = people.at("approver", account.get_absolute_url())
    check(page, axe, f"account-{people.language}-{{}}")
    press(page, "form[action$='/moves/confirm/'] button")
    check(page, axe, f"account-waits-{people.language}-{{}}")
    page = people.at("finance", "/bank-accounts/")
    check(page, axe, f"accounts-{people.language}-{{}}")


def read_confirmations(people, axe, batch, folder):
    first, second, third, _fourth = batch.items.order_by("number")
    file = folder / "confirmations.csv"
    rows = [(first.reference, first.won, batch.sent_on, "paid", "")]
    rows.append((second.reference, second.won + 1, batch.sent_on, "paid", ""))
    rows.append((third.reference, third.won, batch.sent_on, "failed", "계좌 해지"))
    file.write_bytes(acts.file_of(*rows))
    page = people.at("motir_payer", f"{batch.get_absolute_url()}confirmations/")
    page.set_input_files("#id_file", file)
    check(page, axe, f"confirmations-{people.language}-{{}}")
    press(page, SEND)
    check(page, axe, f"batch-{people.language}-{{}}")
    page.click(f"#line-{batch.lines.filter(state='unmatched').first().pk} a")
    check(page, axe, f"settle-{people.language}-{{}}")
    page = people.at("motir_payer", "/payments/")
    check(page, axe, f"batches-{people.language}-{{}}")
