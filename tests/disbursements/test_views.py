"""Pages of money: what they show, to whom, what they refuse, and what they cost."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from disbursements.models import Appropriation
from disbursements.tranches.views import ROWS
from foundation.time import clock

from . import acts


def browser(user, language="en"):
    client = Client(headers={"accept-language": language})
    client.cookies["django_language"] = language
    client.force_login(user)
    return client


def money_page(line):
    return reverse("disbursements:agreement-money", args=[line.agreement_id])


@pytest.fixture
def officer(cast):
    return browser(cast["motir_finance"])


def test_money_of_an_agreement_is_shown_side_by_side(cast, voted):
    acts.pay(cast, acts.granted(cast, voted, 600_000), 500_000)
    acts.execute(cast, voted, 125_000)

    page = browser(cast["budget"]).get(money_page(voted))

    first, *_later = page.context["years"]
    assert [year.year for year in page.context["years"]] == [2027, 2028, 2029]
    assert vars(first.sums) == {
        "agreed": 4_000_000,
        "voted": 1_000_000,
        "granted": 600_000,
        "paid": 500_000,
        "executed": 125_000,
        "gap": 0,
    }
    assert page.context["national"].agreed == 6_000_000
    text = page.content.decode()
    assert "8.3" in text  # paid of 6,000,000 won agreed
    assert "25.0" in text  # executed of 500,000 won paid


def test_line_says_since_when_nobody_reported_what_was_spent(cast, voted):
    page = browser(cast["finance"])
    with clock.at(datetime(2027, 3, 2, 3, tzinfo=UTC)):
        acts.pay(cast, acts.granted(cast, voted, 500_000), 500_000)
        owed = page.get(voted.get_absolute_url()).content.decode()
        acts.execute(cast, voted, 0)
        reported = page.get(voted.get_absolute_url()).content.decode()
        form = page.get(reverse("disbursements:move-appropriation", args=[voted.pk, "execute"]))

    assert "not reported from March 2, 2027 (Tue) on" in owed
    assert "not reported from" not in reported
    assert "If nothing was spent, write 0" in form.content.decode()


def test_line_shows_its_gap_and_its_entries_newest_first(cast, line):
    acts.vote(cast, line, 900_000)

    page = browser(cast["finance"]).get(line.get_absolute_url())

    assert page.context["balance"].gap == -100_000
    assert [entry.stage for entry in page.context["page"]] == ["voted", "agreed"]
    assert "-100,000" in page.content.decode()


def test_entries_come_in_pages(cast, line):
    for won in range(1, ROWS + 1):
        acts.vote(cast, line, won)

    client = browser(cast["auditor"])
    first = client.get(line.get_absolute_url())
    second = client.get(line.get_absolute_url(), {"page": 2})

    assert [entry.won for entry in first.context["page"]][:2] == [ROWS, ROWS - 1]
    assert [entry.stage for entry in second.context["page"]] == ["agreed"]


def test_outsider_finds_nothing(cast, voted):
    tranche = acts.request(cast, voted, 10)
    addresses = [
        money_page(voted),
        voted.get_absolute_url(),
        tranche.get_absolute_url(),
        reverse("disbursements:new-tranche", args=[voted.pk]),
        reverse("disbursements:move-appropriation", args=[voted.pk, "vote"]),
        reverse("disbursements:move-tranche", args=[tranche.pk, "grant"]),
    ]

    for who in ("hongseong_drafter", "moe_reviewer", "administrator", "nobody"):
        client = browser(cast[who])
        assert [client.get(address).status_code for address in addresses] == [404] * 6, who
        assert list(client.get(reverse("disbursements:tranches")).context["page"]) == []


def test_reader_who_may_not_act_is_forbidden(cast, voted):
    tranche = acts.request(cast, voted, 10)
    client = browser(cast["auditor"])

    assert client.get(tranche.get_absolute_url()).context["moves"] == []
    for address in (
        reverse("disbursements:new-tranche", args=[voted.pk]),
        reverse("disbursements:move-appropriation", args=[voted.pk, "vote"]),
        reverse("disbursements:move-tranche", args=[tranche.pk, "grant"]),
    ):
        assert client.get(address).status_code == 403, address


def test_move_that_does_not_exist_is_not_found(officer, voted):
    address = reverse("disbursements:move-appropriation", args=[voted.pk, "abolish"])

    assert officer.get(address).status_code == 404


def payment(won, **more):
    return {"won": won, "as_of": str(clock.today()), "key": "one", **more}


def test_payment_beyond_the_grant_is_refused_with_the_number(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    address = reverse("disbursements:move-tranche", args=[tranche.pk, "pay"])

    answer = browser(cast["motir_payer"]).post(address, payment("400,001"))

    assert answer.status_code == 409
    assert "Between 1 and 400,000 won can be paid." in answer.content.decode()
    assert "400,001" in answer.content.decode()
    assert acts.totals(voted, "paid") == (0,)


def test_amount_that_is_no_won_is_refused(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    client, address = (
        browser(cast["motir_payer"]),
        reverse("disbursements:move-tranche", args=[tranche.pk, "pay"]),
    )

    for won in ("", "0", "-5", "1.5", "10 EUR", "9" * 30):
        answer = client.post(address, payment(won))
        assert (answer.status_code, "won" in answer.context["form"].errors) == (422, True), won


def test_day_ahead_is_refused(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    address = reverse("disbursements:move-tranche", args=[tranche.pk, "pay"])

    answer = browser(cast["motir_payer"]).post(address, payment("5", as_of="2999-01-01"))

    assert "as_of" in answer.context["form"].errors


def test_form_sent_twice_counts_once(cast, voted):
    tranche = acts.granted(cast, voted, 400_000)
    client, address = (
        browser(cast["motir_payer"]),
        reverse("disbursements:move-tranche", args=[tranche.pk, "pay"]),
    )

    answers = [client.post(address, payment("100,000")) for _n in range(2)]

    assert [answer["Location"] for answer in answers] == [tranche.get_absolute_url()] * 2
    assert acts.totals(voted, "paid") == (100_000,)


def test_vote_of_nothing_is_written_and_an_empty_one_is_not(officer, line):
    address = reverse("disbursements:move-appropriation", args=[line.pk, "vote"])

    assert officer.post(address, payment("")).status_code == 422
    assert officer.post(address, payment("0")).status_code == 302
    assert acts.totals(line, "voted", "votes") == (0, 1)


def test_corrected_entry_is_not_offered_again(cast, officer, line):
    acts.vote(cast, line, 600_000)
    acts.vote(cast, line, 500_000)
    wrong = line.entries.get(won=500_000)
    address = reverse("disbursements:move-appropriation", args=[line.pk, "mend_vote"])
    entered = {"entry": wrong.pk, "note": "두 번 적었다.", "key": "one"}

    answers = [officer.post(address, entered) for _n in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    offered = officer.get(address).context["form"].fields["entry"].queryset
    assert [entry.won for entry in offered] == [600_000]
    assert acts.totals(line, "voted") == (600_000,)


def test_undoing_needs_a_reason(officer, voted):
    address = reverse("disbursements:move-appropriation", args=[voted.pk, "mend_vote"])
    entry = voted.entries.get(stage="voted")

    answer = officer.post(address, {"entry": entry.pk, "key": "one"})

    assert "note" in answer.context["form"].errors


def test_entry_of_another_line_cannot_be_undone(cast, officer, voted):
    other = acts.line(year=2028)
    acts.vote(cast, other, 10)
    address = reverse("disbursements:move-appropriation", args=[voted.pk, "mend_vote"])

    foreign = other.entries.get(stage="voted")
    answer = officer.post(address, {"entry": foreign.pk, "note": "잘못", "key": "one"})

    assert "entry" in answer.context["form"].errors


def test_form_says_how_much_can_still_be_requested(cast, voted):
    acts.request(cast, voted, 700_000)

    page = browser(cast["finance"]).get(reverse("disbursements:new-tranche", args=[voted.pk]))

    assert "At most 300,000 won." in page.content.decode()


def test_only_the_recipient_of_national_funds_is_asked_to_request(cast, voted):
    local = acts.line(source="municipal")

    def offers(who, line):
        new = browser(cast[who]).get(line.get_absolute_url()).context["new"]
        return "disbursements:new-tranche" in [name for name, _move in new]

    assert offers("finance", voted)
    assert not offers("finance", local)
    assert not offers("motir_finance", voted)


def test_tranches_are_filtered_by_state(cast, officer, voted):
    waiting = acts.request(cast, voted, 10)
    acts.granted(cast, voted, 10)

    page = officer.get(reverse("disbursements:tranches"), {"state": "requested"})

    assert [tranche.pk for tranche in page.context["page"]] == [waiting.pk]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_money_is_shown(cast, voted, language):
    waiting, granted = acts.request(cast, voted, 10), acts.granted(cast, voted, 10)
    pages = {
        "finance": [
            reverse("disbursements:new-tranche", args=[voted.pk]),
            reverse("disbursements:move-appropriation", args=[voted.pk, "execute"]),
            reverse("disbursements:move-appropriation", args=[voted.pk, "mend_execution"]),
        ],
        "motir_finance": [
            reverse("disbursements:move-appropriation", args=[voted.pk, "vote"]),
            reverse("disbursements:move-appropriation", args=[voted.pk, "mend_vote"]),
            reverse("disbursements:move-tranche", args=[waiting.pk, "grant"]),
            reverse("disbursements:move-tranche", args=[waiting.pk, "refuse"]),
        ],
        "motir_payer": [reverse("disbursements:move-tranche", args=[granted.pk, "pay"])],
        "auditor": [money_page(voted), voted.get_absolute_url(), granted.get_absolute_url()],
    }

    for who, addresses in pages.items():
        client = browser(cast[who], language)
        for address in addresses:
            page = client.get(address)
            assert page.status_code == 200, address
            assert page["Content-Language"] == language


def more_lines(line, count):
    """Lines of further years on the same agreement, each with its balance."""
    return [
        Appropriation.objects.create(
            agreement=line.agreement,
            component=line.component,
            fiscal_year=2040 + number,
            source="national",
            payer=line.payer,
            recipient=line.recipient,
        )
        for number in range(count)
    ]


def queries(client, address, assert_count, count):
    client.get(address)
    with assert_count(count):
        return client.get(address)


def test_money_page_costs_the_same_for_any_number_of_lines(cast, voted, django_assert_num_queries):
    client = browser(cast["auditor"])

    queries(client, money_page(voted), django_assert_num_queries, 12)
    more_lines(voted, 30)
    page = queries(client, money_page(voted), django_assert_num_queries, 12)

    assert sum(len(year.lines) for year in page.context["years"]) == 48


def test_line_costs_the_same_for_any_number_of_entries_and_tranches(
    cast, voted, django_assert_num_queries
):
    client, address = browser(cast["finance"]), voted.get_absolute_url()
    acts.pay(cast, acts.granted(cast, voted, 10), 5)

    queries(client, address, django_assert_num_queries, 20)
    for _n in range(30):
        acts.granted(cast, voted, 10)
    queries(client, address, django_assert_num_queries, 20)


def test_list_of_tranches_costs_the_same_for_any_number(cast, voted, django_assert_num_queries):
    client, address = browser(cast["motir_finance"]), reverse("disbursements:tranches")
    acts.request(cast, voted, 10)

    queries(client, address, django_assert_num_queries, 11)
    for _n in range(30):
        acts.request(cast, voted, 10)
    queries(client, address, django_assert_num_queries, 11)
