from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.workflow import AGREEMENT
from disbursements.models import Stage
from projects.models import Component, Review
from projects.workflow import PROPOSAL, REVIEW
from reminders.outbox.notices import write_notices
from reminders.work.my_work import SHOWN, Work, work_of
from reminders.work.work_query import MOST, Page, all_of, fetch, theirs
from tests import factories
from tests.disbursements import acts

from ..conftest import TUESDAY, on


def proposal_with(cast, call, parts):
    row = factories.proposal(cast, call)
    for number in range(parts):
        factories.component(cast, row, cast.motir, title=f"내역사업 {number}")
    factories.component(cast, row, cast.mcst)
    return PROPOSAL.perform("submit", row, actor=cast["approver"])


def copies(cast, count):
    """Copy MOTIR's first review ``count`` times, without the workflow, which is slow."""
    review = Review.objects.filter(ministry="MOTIR").select_related("component").first()
    like, values = review.component, plain_values(review)
    rows = [Component(**plain_values(like) | {"title": f"사업 {n}"}) for n in range(count)]
    made = Component.objects.bulk_create(rows)
    Review.objects.bulk_create([Review(**values | {"component_id": row.pk}) for row in made])


def plain_values(record):
    fields = [field for field in record._meta.concrete_fields if not field.primary_key]
    return {field.attname: getattr(record, field.attname) for field in fields}


@pytest.mark.parametrize(
    ("day", "group", "days"),
    [
        ("2026-11-24", "coming", 10),
        ("2026-12-07", "coming", 1),
        ("2026-12-08", "today", 0),
        ("2026-12-09", "overdue", -1),
        ("2026-12-12", "overdue", -3),
    ],
)
def test_work_is_grouped_by_urgency(cast, call, tuesday, day, group, days):
    factories.submitted(cast, call)

    groups, more = work_of(cast["motir_reviewer"], date.fromisoformat(day))

    assert [name for name, items in groups.items() if items] == [group]
    (item,) = groups[group]
    assert (item.days, item.kind.name, item.holder) == (days, "review", cast.motir)
    assert more == []


def test_weekend_after_the_last_day_is_overdue(cast, tuesday):
    call = factories.call(cast, closes_on=date(2027, 12, 31), review_days=3)
    factories.submitted(cast, call)

    groups, _more = work_of(cast["motir_reviewer"], date(2026, 11, 28))

    assert [item.days for item in groups["overdue"]] == [-1]


def test_work_without_a_day_has_its_own_group(cast, call, tuesday):
    factories.reviewed(cast, call)

    groups, _more = work_of(cast["coordinator"], tuesday)

    (item,) = groups["undated"]
    assert (item.kind.name, item.due, item.days) == ("decide", None, None)


def test_no_more_of_a_kind_is_shown_than_fits(cast, call, tuesday):
    proposal_with(cast, call, SHOWN + 1)

    groups, more = work_of(cast["motir_reviewer"], tuesday)

    assert len(groups["coming"]) == SHOWN
    assert [kind.name for kind in more] == ["review"]


def test_applicant_sees_for_whom_it_waits_and_since_when(cast, call, tuesday):
    proposal_with(cast, call, 1)
    with on(date(2026, 12, 4)) as today:
        awaited = Work(cast["drafter"], today).awaited

    found = {(item.kind.name, item.holder, item.since, item.days) for item in awaited}
    assert found == {
        ("review", cast.motir, TUESDAY, 2),
        ("review", cast.mcst, TUESDAY, 2),
    }


def test_who_holds_it_and_until_when_changes_nothing_of_since_when(cast, call, tuesday):
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    with on(date(2026, 12, 1)):
        to = factories.setting(assigned_to=cast["motir_reviewer"])
        REVIEW.perform("assign", review, actor=cast["motir_approver"], change=to)
        later = {"due_on": date(2026, 12, 15), "note": "x"}
        REVIEW.perform("redate", review, actor=cast["coordinator"], **later)
    with on(date(2026, 12, 2)) as today:
        before = [item.since for item in work_of(cast["motir_reviewer"], today)[0]["coming"]]
        factories.answer(cast, review, confirm=False)
        after = [item.since for item in work_of(cast["motir_approver"], today)[0]["coming"]]

    assert (before, after) == ([TUESDAY], [date(2026, 12, 2)])


def test_committees_decision_is_awaited_from_its_role(cast, call, tuesday):
    factories.reviewed(cast, call)

    (item,) = Work(cast["drafter"], tuesday).awaited

    assert (item.kind.name, str(item.holder)) == ("decide", "조정담당자")


def test_outsider_waits_for_nothing(cast, call, tuesday):
    factories.submitted(cast, call)

    assert Work(cast["hongseong_drafter"], tuesday).awaited == []
    assert Work(cast["administrator"], tuesday).awaited == []


def test_what_four_eyes_bar_me_from_is_awaited_of_others(cast, call, tuesday):
    factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 500_000)

    groups, _more = work_of(cast["motir_finance"], tuesday)
    awaited = {item.record: item for item in Work(cast["motir_finance"], tuesday).awaited}

    assert not any(groups.values())
    assert awaited[tranche].holder == cast.motir
    assert [i.record for i in work_of(cast["motir_payer"], tuesday)[0]["coming"]] == [tranche]


def test_last_reminder_is_shown_to_both_sides(cast, call, tuesday):
    proposal_with(cast, call, 1)
    write_notices(date(2026, 12, 3))

    groups, _more = work_of(cast["motir_reviewer"], date(2026, 12, 4))
    awaited = Work(cast["drafter"], date(2026, 12, 4)).awaited

    assert [item.reminded for item in groups["coming"]] == [date(2026, 12, 3)]
    assert [item.reminded for item in awaited] == [date(2026, 12, 3)] * 2


def test_escalated_matter_hides_no_other_matter_of_the_same_record(cast, call):
    """A line with too little requested, overdue for months, still waits for the vote."""
    with on(date(2027, 3, 2)) as today:
        factories.in_force(cast, call)
        line = acts.write(cast, acts.line(), "record", 1, stage=Stage.REQUESTED)
        work = Work(cast["coordinator"], today)

        assert [i.kind.name for i in work.groups["escalated"] if i.record == line] == ["gap"]
        assert [i.kind.name for i in work.awaited if i.record == line] == ["vote"]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured)


READING = ["motir_reviewer", "approver", "coordinator", "auditor"]


@pytest.mark.parametrize(("name", "more"), [("reminders:work", 2), ("api-work-list", 0)])
@pytest.mark.parametrize("who", READING)
def test_pages_cost_the_same_with_1_and_with_30_items(cast, call, client, tuesday, name, more, who):
    hands_over = name == "reminders:work" and who in ("approver", "coordinator")
    expected = 15 + more + 2 * hands_over  # posts that end, work that nobody holds

    client.force_login(cast[who])
    address = reverse(name)

    proposal_with(cast, call, 1)
    one = queries(client, address)
    proposal_with(cast, call, 30)
    write_notices(date(2026, 12, 8))
    thirty = queries(client, address)

    assert (one, thirty) == (expected, expected)


def test_one_statement_says_what_the_kinds_say_one_by_one(cast, call):
    with on(date(2027, 3, 2)) as today:
        one_of_every_kind(cast, call)
        for user in (cast[who] for who in [*READERS, "auditor", "hongseong_drafter"]):
            for part in (theirs, all_of):
                alone = [
                    (s.kind.name, s.part, list(s.rows.values_list("pk", flat=True)))
                    for s in part(user, today)
                ]
                found = [
                    (s.kind.name, s.part, [pk for pk, _due in s.keys])
                    for s in fetch(part(user, today), today, Page(0, MOST))
                ]

                assert found == [each for each in alone if each[2]]


def test_500_matters_cost_what_one_costs(cast, call, client, tuesday):
    proposal_with(cast, call, 1)
    client.force_login(cast["motir_reviewer"])
    once = queries(client, "/")
    copies(cast, 510)

    page = client.get("/")

    assert queries(client, "/") == once
    assert len(page.context["work"].groups["coming"]) == SHOWN
    assert '<span class="count">500+</span>' in page.content.decode()


READERS = ["drafter", "approver", "motir_reviewer", "motir_approver", "motir_payer", "coordinator"]


def test_pages_cost_the_same_with_one_and_two_of_every_kind(cast, call, client):
    with on(date(2027, 3, 2)):
        one_of_every_kind(cast, call)
        once = {who: cost(client, cast[who]) for who in READERS}
        one_of_every_kind(cast, call)

        assert {who: cost(client, cast[who]) for who in READERS} == once


def one_of_every_kind(cast, call):
    factories.complete_proposal(cast, call)
    review = factories.submitted(cast, call).reviews.get(ministry="MOTIR")
    factories.answer(cast, review, confirm=False)
    proposal = factories.reviewed(cast, call)
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")
    factories.selected(cast, call)
    factories.drafted(cast, call)
    version = factories.drafted(cast, call)
    AGREEMENT.perform("circulate", version, actor=cast["coordinator"])
    factories.frozen(cast, call)
    factories.signing(cast, call)
    version = factories.in_force(cast, call)
    lines = version.agreement.appropriations.filter(fiscal_year=2027, source="national")
    line = acts.vote(cast, lines.get(payer=cast.motir), 1_000_000)
    acts.request(cast, line, 100_000)
    acts.granted(cast, line, 100_000)


def cost(client, user):
    client.force_login(user)
    return queries(client, reverse("reminders:work"))


def test_page_names_what_waits(cast, call, client, tuesday):
    factories.submitted(cast, call)
    client.force_login(cast["motir_reviewer"])

    page = client.get("/").content.decode()

    assert "MOTIR 내역사업" in page
    assert "10근무일 남음" in page


def test_api_shows_the_same_as_the_page(cast, call, client, tuesday):
    proposal_with(cast, call, 1)
    client.force_login(cast["motir_reviewer"])

    answer = client.get("/api/v1/work/").json()

    (item,) = answer["coming"]
    assert (item["kind"], item["due"], item["working_days"]) == ("review", "2026-12-08", 10)
    assert (item["holder"], item["holder_name"]) == ("MOTIR", "산업통상부")
    assert (item["since"], item["last_reminded"]) == ("2026-11-24", None)
    assert [other["holder"] for other in answer["waiting_for"]] == ["MCST"]


def test_everybody_reads_only_their_own_notices(cast, call, client, tuesday):
    factories.submitted(cast, call)
    write_notices(date(2026, 12, 8))
    client.force_login(cast["motir_reviewer"])

    page = client.get("/notices/").content.decode()

    assert "MOTIR 내역사업" in page
    assert "MCST 내역사업" not in page
