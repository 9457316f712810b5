"""Filters, pages and bulk handover of “My work”."""

from datetime import date

import pytest

from agreements.models import Agreement, Delegation
from disbursements.models import BankAccount, PaymentBatch
from projects.models import Proposal, Review
from reminders.matters.kinds import KINDS
from reminders.matters.paths import WAYS
from reminders.work.my_work import SHOWN, Wanted, Work
from tests import factories

from ..conftest import on
from .test_my_work import copies, one_of_every_kind, proposal_with, queries


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["work"]


def test_more_of_a_kind_is_on_its_pages(client, cast, call, tuesday):
    proposal_with(cast, call, 1)
    copies(cast, SHOWN + 4)
    client.force_login(cast["motir_reviewer"])

    assert "/?kind=review" in client.get("/").content.decode()
    first = shown(client, "/?kind=review")
    last = shown(client, "/?kind=review&page=2")
    beyond = shown(client, "/?kind=review&page=25")

    of = [[item.record.pk for item in work.groups["coming"]] for work in (first, last)]
    assert [len(each) for each in of] == [SHOWN, 5]
    assert len(set(of[0] + of[1])) == SHOWN + 5
    assert beyond.counts["coming"] == SHOWN + 5


def test_only_what_is_late_is_shown(client, cast, call, tuesday):
    factories.submitted(cast, call)
    client.force_login(cast["motir_reviewer"])
    assert shown(client, "/?late=1").groups["coming"] == []
    Review.objects.update(due_on="2026-11-20")

    work = shown(client, "/?late=1")

    assert (work.counts["overdue"], sum(work.counts.values())) == (1, 1)
    assert len(work.groups["overdue"]) == 1


def test_badge_counts_what_is_late_or_due_today(client, cast, call, tuesday):
    proposal_with(cast, call, 2)
    client.force_login(cast["motir_reviewer"])
    empty = client.get("/work/badge/")
    Review.objects.filter(ministry="MOTIR").update(due_on=tuesday)
    found = {}
    for who in ("motir_reviewer", "motir_approver", "drafter", "nobody"):
        client.force_login(cast[who])
        found[who] = client.get("/work/badge/").content.decode()

    assert (empty.content.strip(), empty["Cache-Control"]) == (b"", "private, max-age=60")
    assert [who for who, badge in found.items() if "오늘까지인 업무 2건" in badge] == [
        "motir_reviewer"
    ]
    assert found["drafter"].strip() == ""
    assert client.post("/work/badge/").status_code == 405


def test_badge_costs_the_same_with_500_matters(client, cast, call, tuesday):
    proposal_with(cast, call, 1)
    client.force_login(cast["motir_reviewer"])
    once = queries(client, "/work/badge/")
    copies(cast, 500)

    assert queries(client, "/work/badge/") == once == 6


def test_what_is_escalated_to_somebody_counts_once(client, cast, call, tuesday):
    proposal_with(cast, call, 3)
    Review.objects.filter(ministry="MOTIR").update(due_on="2026-11-20")
    client.force_login(cast["motir_approver"])

    page = client.get("/").content.decode()

    assert '<option value="review">부처 검토 의견 작성 (4)</option>' in page  # and one of MCST
    assert '<span class="count">3</span>' in page


def test_counts_of_a_kind_are_offered(client, cast, call, tuesday):
    proposal_with(cast, call, 2)
    client.force_login(cast["motir_reviewer"])

    page = client.get("/").content.decode()

    assert '<option value="review">부처 검토 의견 작성 (3)</option>' in page  # and one of MCST
    assert 'value="sign"' not in page


def test_only_what_belongs_to_a_call_is_shown(client, cast, call, tuesday):
    proposal_with(cast, call, 2)
    other = factories.call(cast, title_ko="다른 공모")
    proposal_with(cast, other, 1)
    client.force_login(cast["motir_reviewer"])

    page = client.get(f"/?call={other.pk}")
    work = page.context["work"]

    assert work.counts["coming"] == 1
    assert [item.record.proposal.call for item in work.groups["coming"]] == [other]
    assert {item.record.proposal.call for item in work.awaited} == {other}
    assert f'<option value="{other.pk}" selected>다른 공모</option>' in page.content.decode()
    assert f'<option value="{call.pk}">{call}</option>' in page.content.decode()


def test_only_what_belongs_to_an_agreement_is_shown(client, cast, call, tuesday):
    first, second = (factories.signing(cast, call).agreement for _number in range(2))
    client.force_login(cast["motir_approver"])

    work = shown(client, f"/?agreement={second.pk}")

    assert [item.record.version.agreement for item in work.groups["coming"]] == [second]
    assert {item.record.version.agreement for item in work.awaited} == {second}
    assert shown(client, "/").wholes == ([call.pk], sorted([first.pk, second.pk]))


def test_only_calls_and_agreements_of_which_something_waits_are_offered(
    client, cast, call, tuesday
):
    factories.call(cast, title_ko="조용한 공모")
    factories.submitted(cast, call)
    client.force_login(cast["motir_reviewer"])

    page = client.get("/")

    assert "조용한 공모" not in page.content.decode()
    assert list(page.context["filter"]["form"].fields) == ["kind", "late", "call", "page"]


def test_links_keep_what_it_is_narrowed_to(client, cast, call, tuesday):
    proposal_with(cast, call, 1)
    copies(cast, SHOWN + 1)
    client.force_login(cast["motir_reviewer"])

    page = client.get(f"/?call={call.pk}").content.decode()

    assert f'href="/?call={call.pk}&amp;kind=review"' in page


def test_every_matter_is_found_by_its_call_and_its_agreement(cast, call):
    with on(date(2027, 3, 2)) as today:
        one_of_every_kind(cast, call)
        agreement = Agreement.objects.order_by("-pk").first()
        work = Work(cast["coordinator"], today)
        of_call = Work(cast["coordinator"], today, Wanted(call=call))
        of_one = Work(cast["coordinator"], today, Wanted(agreement=agreement))

    kinds = {stream.kind.name for stream in work.all}
    assert {stream.kind.name for stream in of_call.all} == kinds
    assert {stream.kind.name for stream in of_one.all} == {
        *("apply", "match", "vote", "grant", "pay")
    }
    assert {kind.model for kind in KINDS} - set(WAYS) == {BankAccount, Delegation, PaymentBatch}


@pytest.mark.parametrize("name", ["call", "agreement"])
@pytest.mark.parametrize("value", ["x", "0", "-1", "9" * 30, "%00", "1.5", "９９９９９"])
def test_invalid_call_or_agreement_is_reported(client, cast, call, tuesday, name, value):
    factories.submitted(cast, call)
    client.force_login(cast["motir_reviewer"])

    page = client.get(f"/?{name}={value}")

    assert (page.status_code, list(page.context["filter"]["form"].errors)) == (200, [name])
    assert page.context["work"].counts["coming"] == 1
    assert client.get(f"/api/v1/work/?{name}={value}").status_code == 400


def test_agreement_of_others_is_none(client, cast, call, tuesday):
    agreement = factories.signing(cast, call).agreement
    client.force_login(cast["hongseong_drafter"])

    page = client.get(f"/?agreement={agreement.pk}")

    assert list(page.context["filter"]["form"].errors) == ["agreement"]
    assert agreement.title not in page.content.decode()


@pytest.mark.parametrize("who", ["motir_reviewer", "coordinator"])
def test_narrowing_costs_the_same_with_one_and_with_many(client, cast, call, tuesday, who):
    agreement = factories.signing(cast, call).agreement
    proposal_with(cast, call, 1)
    client.force_login(cast[who])
    addresses = [f"/?call={call.pk}", f"/?agreement={agreement.pk}"]
    one = [queries(client, address) for address in addresses]
    factories.signing(cast, call)
    proposal_with(cast, call, 30)

    assert [queries(client, address) for address in addresses] == one


@pytest.mark.parametrize("query", ["kind=x", "late=7", "page=0", "page=x&kind=review", "kind=%00"])
def test_invalid_filter_is_reported(client, cast, call, tuesday, query):
    factories.submitted(cast, call)
    client.force_login(cast["motir_reviewer"])

    page = client.get(f"/?{query}")

    assert page.status_code == 200
    assert page.context["filter"]["form"].errors
    assert page.context["work"].counts["coming"] == 1


def test_programs_narrow_it_in_the_same_way(client, cast, call, tuesday):
    proposal_with(cast, call, 1)
    copies(cast, SHOWN + 1)
    client.force_login(cast["motir_reviewer"])

    second = client.get("/api/v1/work/?kind=review&page=2").json()
    late = client.get("/api/v1/work/?late=1").json()
    of_call = client.get(f"/api/v1/work/?call={call.pk}").json()

    assert (len(second["coming"]), second["counts"]["coming"]) == (2, SHOWN + 2)
    assert (late["coming"], late["counts"]["overdue"]) == ([], 0)
    assert of_call["counts"]["coming"] == SHOWN + 2
    assert client.get("/api/v1/work/?kind=x").status_code == 400


def test_approver_assigns_many_from_their_first_page(client, cast, call, tuesday):
    proposal_with(cast, call, 3)
    client.force_login(cast["motir_approver"])
    page = client.get("/?kind=review").content.decode()
    reviews = list(Review.objects.filter(ministry="MOTIR").order_by("pk"))
    rows = [f"{review.pk}:{review.moves_made}" for review in reviews]
    assert all(f'value="{row}"' in page for row in rows)

    asked = client.get("/work/review/hand/", {"move": "assign", "row": rows})
    sent = {"move": "assign", "row": rows, "reviewer": cast["motir_reviewer"].pk}
    done = client.post("/work/review/hand/", sent | {"back": "/?kind=review"})

    assert "3건" in asked.content.decode()
    assert done["Location"] == "/?kind=review"
    assigned = Review.objects.filter(assigned_to=cast["motir_reviewer"])
    assert assigned.count() == 3


def test_drafter_hands_many_drafts_to_a_colleague(client, cast, call, tuesday):
    drafts = [factories.complete_proposal(cast, call, title=f"초안 {n}") for n in (1, 2)]
    second = factories.person("second", ("drafter", cast.gangneung))
    client.force_login(cast["drafter"])
    page = client.get("/?kind=draft").content.decode()
    rows = [f"{draft.pk}:{draft.moves_made}" for draft in map(fresh, drafts)]
    assert all(f'value="{row}"' in page for row in rows)

    sent = {"move": "hand_over", "row": rows, "colleague": second.pk}
    done = client.post("/work/draft/hand/", sent)

    assert done["Location"] == "/"
    assert set(Proposal.objects.values_list("held_by", flat=True)) == {second.pk}


def test_reviewer_hands_nothing_on(client, cast, call, tuesday):
    proposal_with(cast, call, 1)
    client.force_login(cast["motir_reviewer"])
    review = Review.objects.get(ministry="MOTIR")

    assert 'name="row"' not in client.get("/?kind=review").content.decode()
    row = f"{review.pk}:{review.moves_made}"
    answer = client.get("/work/review/hand/", {"move": "assign", "row": row})
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["sign", "x", "confirm"])
def test_only_what_one_person_holds_is_handed_on(client, cast, kind):
    client.force_login(cast["motir_approver"])

    assert client.get(f"/work/{kind}/hand/", {"move": "assign", "row": "1:0"}).status_code == 404
