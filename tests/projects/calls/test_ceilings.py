"""Yearly ceilings of ministries: who sets and exceeds them, how much is used, their pages."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.engine.workflow import NotNow
from projects.models import Ceiling, Proposal
from projects.workflow import CEILING, PROPOSAL
from tests import factories
from tests.effort import effort
from tests.test_lists import queries
from tests.together import at_once

MILLION = 1_000_000


def fresh(proposal):
    return Proposal.objects.get(pk=proposal.pk)


def select(cast, proposal):
    return PROPOSAL.perform("select", proposal, actor=cast["coordinator"], lead_ministry=cast.motir)


def page_of(client, who, address):
    client.force_login(who)
    return client.get(address).content.decode()


def test_budget_officer_sets_and_changes_ceilings(client, cast):
    client.force_login(cast["budget"])
    sent = {"ministry": "MOTIR", "fiscal_year": "2027", "won": "1,000,000,000"}

    assert client.post("/ceilings/new/", sent).status_code == 302
    again = client.post("/ceilings/new/", sent)
    assert again.status_code == 422
    ceiling = Ceiling.objects.get()
    without_reason = client.post(f"/ceilings/{ceiling.pk}/moves/change/", {"won": "5"})
    assert without_reason.status_code == 422
    changed = client.post(f"/ceilings/{ceiling.pk}/moves/change/", {"won": "5", "note": "추경"})
    assert changed.status_code == 302

    assert Ceiling.objects.get().won == 5


def test_only_the_budget_officer_sets_them(cast):
    for who in ("coordinator", "motir_approver", "auditor"):
        with pytest.raises(PermissionDenied):
            CEILING.perform("set", Ceiling(ministry=cast.motir), actor=cast[who])


def test_used_amount_of_a_ceiling_worked_out_by_hand(client, cast, call):
    """Each component is supported with one million won of national funds a year."""
    ceiling = factories.ceiling(cast, cast.motir, 2027, 5 * MILLION)
    factories.selected(cast, call)
    factories.selected(cast, call, title="둘째")
    factories.reviewed(cast, call, title="검토 완료")
    half = factories.submitted(cast, call, title="검토 중")
    factories.answer(cast, half.reviews.get(ministry="MOTIR"))
    returned = factories.reviewed(cast, call, title="반려")
    PROPOSAL.perform("return", returned, actor=cast["coordinator"], note="보완")

    page = page_of(client, cast["motir_reviewer"], ceiling.get_absolute_url())

    figures = [part.split("</b>")[0] for part in page.split('class="figures"')[1].split("<b>")[1:5]]
    assert figures == ["5,000,000", "2,000,000", "3,000,000", "2,000,000"]
    assert "40.0%" in page


def test_answers_to_an_older_revision_use_nothing(cast, call):
    from projects.calls.ceiling_usage import envelopes  # noqa: PLC0415

    ceiling = factories.ceiling(cast, cast.motir, 2027, 5 * MILLION)
    proposal = factories.reviewed(cast, call)
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    PROPOSAL.perform("submit", fresh(proposal), actor=cast["approver"])

    assert envelopes([ceiling])[0].open == 0
    again = proposal.reviews.filter(state="waiting").get(ministry="MOTIR")
    factories.answer(cast, again, "changed", amounts={(2027, "national"): 7})
    assert envelopes([ceiling])[0].open == 7


def test_selection_above_a_ceiling_needs_the_budget_officer(cast, call):
    factories.ceiling(cast, cast.motir, 2028, MILLION + MILLION // 2)
    factories.selected(cast, call)
    second = factories.reviewed(cast, call, title="둘째")

    with pytest.raises(NotNow) as refusal:
        select(cast, second)
    assert len(refusal.value.places) == 1
    with pytest.raises(PermissionDenied):
        PROPOSAL.perform("allow_above", second, actor=cast["coordinator"], note="-")

    PROPOSAL.perform("allow_above", second, actor=cast["budget"], note="예비비로 충당")

    assert select(cast, fresh(second)).state == "selected"


def test_ceiling_that_just_fits_is_kept(cast, call):
    factories.ceiling(cast, cast.motir, 2027, MILLION)

    assert factories.selected(cast, call).state == "selected"


@pytest.mark.django_db(transaction=True)
def test_two_selections_at_the_same_instant_do_not_both_take_what_is_left(cast, call):
    factories.ceiling(cast, cast.motir, 2027, MILLION)
    factories.ceiling(cast, cast.mcst, 2027, MILLION)
    for number in range(effort(3, 50)):
        Proposal.objects.filter(state="selected").update(state="withdrawn")
        rows = [factories.reviewed(cast, call, title=f"{number} {n}") for n in range(2)]

        outcomes = at_once(*(partial(select, cast, row) for row in rows))

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NotNow", "Proposal"]


def test_coordination_page_puts_answers_beside_what_was_asked(client, cast, call):
    proposal = factories.submitted(cast, call)
    amounts = {(2027, "national"): 600_000, (2028, "municipal"): 42}
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts=amounts)
    factories.ceiling(cast, cast.motir, 2027, 4 * MILLION)

    page = page_of(client, cast["coordinator"], f"/proposals/{proposal.pk}/coordination/")

    for words in ("600,000", "-1,400,000", "600,042", "-5,399,958", "금액 조정 수용", "4,000,000"):
        assert words in page, words


def test_coordination_page_hides_what_is_kept_apart(client, cast, call):
    type(call).objects.update(reviews_apart=True)
    proposal = factories.submitted(cast, call)
    amounts = {(2027, "national"): 424_242}
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), "changed", amounts=amounts)
    address = f"/proposals/{proposal.pk}/coordination/"

    assert "424,242" not in page_of(client, cast["mcst_reviewer"], address)
    assert "424,242" in page_of(client, cast["coordinator"], address)


def test_pages_cost_the_same_however_much_there_is(client, cast, call):
    client.force_login(cast["coordinator"])
    counts = []
    for year in (2027, 2028):
        proposal = factories.reviewed(cast, call, title=str(year))
        for extra in range(year - 2027):
            factories.component(cast, factories.proposal(cast, call), cast.motir, title=str(extra))
        for ministry in (cast.motir, cast.mcst):
            factories.ceiling(cast, ministry, year, MILLION)
        addresses = ("/ceilings/", f"/proposals/{proposal.pk}/coordination/")
        counts.append([queries(client, address) for address in addresses])
    assert counts[0] == counts[1]


def test_ceiling_constraints(cast):
    ceiling = factories.ceiling(cast, cast.motir, 2027, MILLION)
    rows = Ceiling.objects.filter(pk=ceiling.pk)
    with pytest.raises(IntegrityError, match="ceiling_is_no_debt"), transaction.atomic():
        rows.update(won=-1)
    with pytest.raises(IntegrityError, match="ceiling_year_is_possible"), transaction.atomic():
        rows.update(fiscal_year=1999)
    ceiling.pk = None
    with pytest.raises(IntegrityError, match="ceiling_once_in_a_year"), transaction.atomic():
        ceiling.save()
