"""The budget calendar (domain, section 5.8): every day here is counted by hand."""

from datetime import date

import pytest

from disbursements.ledger.ledger_check import first_difference
from disbursements.models import Entry
from disbursements.tranches.instalments import instalments
from foundation.engine.workflow import NotNow
from projects.models import Call
from reminders.matters import agreements, budget, money
from reminders.matters.kinds import KINDS
from reminders.outbox.notices import write_notices
from tests import factories
from tests.disbursements import acts

from ..conftest import in_words, on, walk

IN_FORCE, VOTED = date(2026, 11, 24), date(2026, 12, 10)


@pytest.fixture
def version(cast, call):
    """In force from 2027 to 2029; a million won of national funds is promised a year."""
    with on(IN_FORCE):
        version = factories.in_force(cast, call)
        acts.many_tranches(cast)
    return version


@pytest.fixture
def voted(cast, version):
    """The national funds of 2027 of MOTIR's component."""
    with on(VOTED):
        return acts.vote(cast, acts.line(), 1_000_000)


def reminded_of(kind, first, last, *people, **of):
    """Who of ``people`` is reminded of a kind, in order."""
    return [row for row in walk(first, last, kind=kind, **of) if row[1] in people]


def say(cast, line, move, stage, won, day, *, actor="finance"):
    with on(day):
        given = {"stage": stage} if move == "record" else {}
        return acts.write(cast, line, move, won, actor=actor, **given)


def pay(cast, line, won, day):
    with on(day):
        acts.pay(cast, acts.granted(cast, line, won), won)


def execute(cast, line, won, day):
    with on(day):
        acts.execute(cast, line, won)


def days_of(rows, name):
    """{(year, source): day} of the rows."""
    return {(row.fiscal_year, row.source): getattr(row, name).isoformat() for row in rows}


def due_of(rows, name):
    """The day of the one row of MOTIR's component, or None."""
    found = [getattr(row, name) for row in rows if row.component.ministry_id == "MOTIR"]
    return found[0].isoformat() if found else None


def test_next_years_money_is_applied_for_by_the_end_of_april(version):
    reminded = reminded_of("apply", date(2027, 2, 22), date(2027, 5, 4), "finance", "approver")

    assert list(dict.fromkeys(reminded)) == [
        ("2027-03-19", "finance", "before-30"),
        ("2027-04-12", "finance", "before-14"),
        ("2027-04-21", "finance", "before-7"),
        ("2027-04-27", "approver", "up-1-0"),  # the head of local finance, three days ahead
        ("2027-04-30", "finance", "today"),
        (
            "2027-05-04",
            "finance",
            "after-0",
        ),  # 3 May is the substitute holiday of Labour Day, a Saturday
    ]


def test_application_ends_with_a_figure_or_with_the_ministrys_request(cast, version):
    day = date(2027, 4, 1)
    assert {row.component.ministry_id for row in budget.unapplied(day)} == {"MOTIR", "MCST"}
    applied = say(cast, acts.line(year=2028), "apply", "applied", 0, day)  # nothing is a figure
    say(cast, acts.line("MCST", year=2028), "record", "requested", 9, day, actor="mcst_finance")

    assert acts.totals(applied, "applied", "applications") == (0, 1)
    assert list(budget.unapplied(day)) == []


def test_what_is_promised_after_april_is_applied_for_within_a_month(cast, call):
    with on(date(2027, 5, 10)):
        factories.in_force(cast, call)

    assert due_of(budget.unapplied(date(2027, 5, 11)), "apply_by") == "2027-05-31"


def test_only_national_funds_are_applied_for(cast, version):
    with pytest.raises(NotNow):
        say(cast, acts.line(source="municipal", year=2028), "apply", "applied", 1, date(2027, 4, 1))


def test_council_of_a_province_votes_before_that_of_a_municipality(version):
    this_year = {
        (2027, "municipal"): "2027-02-24",  # promised on 24 November: within three months
        (2027, "provincial"): "2027-02-24",
    }
    next_year = {(2028, "municipal"): "2027-12-21", (2028, "provincial"): "2027-12-16"}

    assert days_of(budget.unvoted_matching(date(2027, 10, 29)), "council_day") == this_year
    assert days_of(budget.unvoted_matching(date(2027, 11, 1)), "council_day") == (
        this_year | next_year
    )


def test_vote_of_nothing_by_a_council_is_a_vote_and_shows_the_gap(cast, version):
    for ministry in ("MOTIR", "MCST"):
        with on(date(2026, 12, 22)):
            acts.vote(cast, acts.line(ministry, source="municipal"), 0, actor="finance")

    day = date(2027, 1, 4)
    assert [source for _year, source in days_of(budget.unvoted_matching(day), "council_day")] == [
        "provincial"
    ]
    assert {(gap.source, gap.open) for gap in budget.unresolved_gaps(day)} == {
        ("municipal", 700_000)
    }


def test_missing_vote_of_a_council_escalates_to_the_coordinator_in_the_middle_of_january(version):
    subject = acts.line(source="municipal", year=2028).reference
    people = ("finance", "approver", "coordinator")
    reminded = reminded_of("match", date(2027, 11, 1), date(2028, 1, 17), *people, subject=subject)

    assert [row for row in reminded if not row[2].startswith(("after-", "up-1-"))] == [
        ("2027-11-09", "finance", "before-30"),
        ("2027-12-01", "finance", "before-14"),
        ("2027-12-21", "finance", "today"),
        ("2028-01-17", "coordinator", "up-2-0"),
    ]
    assert ("2027-12-22", "approver", "up-1-0") in reminded


@pytest.mark.parametrize(
    ("parts", "days"),
    [
        (1, ["2027-01-31"]),
        (2, ["2027-01-31", "2027-07-31"]),
        (4, ["2027-01-31", "2027-04-30", "2027-07-31", "2027-10-31"]),
        (5, ["2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31", "2027-09-30"]),
    ],
)
def test_tranches_are_asked_for_in_the_first_month_of_their_part_of_the_year(
    cast, voted, parts, days
):
    Call.objects.update(tranches_a_year=parts)
    found = []
    for _number in range(parts):
        found.append(due_of(money.requestable(date(2027, 1, 4)), "ask_by"))
        with on(date(2027, 1, 4)):
            acts.granted(cast, voted, 10)

    assert found == days
    assert due_of(money.requestable(date(2027, 1, 4)), "ask_by") is None
    plan = instalments(100, 2027, parts=parts)
    assert all(day <= row.due.isoformat() for day, row in zip(days, plan, strict=True))


def test_money_that_came_later_is_asked_for_within_a_month(cast, version):
    Call.objects.update(tranches_a_year=4)
    with on(date(2027, 5, 31)):
        acts.vote(cast, acts.line(), 500_000)

    assert due_of(money.requestable(date(2027, 6, 1)), "ask_by") == "2027-06-30"


def test_supplementary_budget_is_asked_for_within_a_month(cast, version):
    Call.objects.update(tranches_a_year=4)
    with on(VOTED):
        acts.vote(cast, acts.line(), 0)  # nothing in the main budget
    with on(date(2027, 5, 31)):
        acts.vote(cast, acts.line(), 500_000)
    assert due_of(money.requestable(date(2027, 6, 1)), "ask_by") == "2027-06-30"

    with on(date(2027, 6, 1)):
        acts.granted(cast, acts.line(), 500_000)
    with on(date(2027, 9, 15)):
        acts.vote(cast, acts.line(), 100_000)
    assert due_of(money.requestable(date(2027, 9, 15)), "ask_by") == "2027-10-15"


def test_tranche_that_could_not_be_asked_for_is_not_late(cast, voted):
    Call.objects.update(tranches_a_year=4, executed_percent=70)
    pay(cast, voted, 100_000, date(2027, 1, 4))
    assert due_of(money.requestable(date(2027, 7, 19)), "ask_by") is None

    execute(cast, voted, 70_000, date(2027, 7, 20))
    assert due_of(money.requestable(date(2027, 7, 21)), "ask_by") == "2027-08-20"


def test_a_tranche_is_offered_twice_and_asked_after_once(cast, voted):
    Call.objects.update(tranches_a_year=4)

    assert reminded_of("request", date(2027, 1, 4), date(2027, 2, 26), "finance", "approver") == [
        ("2027-01-12", "finance", "before-14"),
        ("2027-01-27", "finance", "before"),
        ("2027-02-01", "finance", "today"),  # 31 January is a Sunday
        ("2027-02-02", "finance", "after-0"),
    ]


def test_spending_is_reported_by_the_tenth_of_the_next_month(cast, voted):
    pay(cast, voted, 500_000, date(2027, 3, 2))

    reminded = reminded_of("execute", date(2027, 3, 2), date(2027, 5, 14), "finance", "approver")
    assert [row for row in reminded if not row[2].startswith(("after-", "up-1-"))] == [
        ("2027-04-07", "finance", "before"),
        ("2027-04-12", "finance", "today"),  # the tenth is a Saturday
    ]
    assert reminded.index(("2027-04-21", "approver", "up-1-0")) == 4  # seven days late
    assert ("2027-04-13", "finance", "after-0") in reminded


def test_mail_about_a_line_names_its_agreement(cast, version, voted):
    pay(cast, voted, 500_000, date(2027, 3, 2))
    with on(date(2027, 4, 12)) as today:
        write_notices(today)
    mail = in_words(today, person=cast["finance"], kind="execute")

    assert version.agreement.title in mail.body
    assert version.agreement.title in mail.html


def test_two_months_without_a_report_are_escalated_to_the_coordinator(cast, voted):
    pay(cast, voted, 500_000, date(2027, 3, 2))

    assert reminded_of("execute", date(2027, 3, 2), date(2027, 5, 17), "coordinator") == [
        ("2027-05-17", "coordinator", "up-2-0")  # the tenth of May has passed as well
    ]


def test_no_spending_is_reported_as_zero(cast, voted):
    pay(cast, voted, 500_000, date(2027, 3, 2))
    execute(cast, voted, 0, date(2027, 3, 31))
    assert due_of(money.unreported_months(date(2027, 4, 1)), "report_by") == "2027-05-10"

    execute(cast, voted, 200_000, date(2027, 4, 15))  # the rest of April is still to be reported
    assert due_of(money.unreported_months(date(2027, 4, 16)), "report_by") == "2027-05-10"
    execute(cast, voted, 300_000, date(2027, 4, 30))  # nothing is left
    assert due_of(money.unreported_months(date(2027, 5, 3)), "report_by") is None
    with pytest.raises(NotNow):
        execute(cast, voted, 0, date(2027, 5, 31))

    pay(cast, voted, 100_000, date(2027, 7, 5))  # nothing is owed for May and June
    assert due_of(money.unreported_months(date(2027, 7, 6)), "report_by") == "2027-08-10"
    assert acts.totals(voted, "executed", "in_treasury") == (500_000, 100_000)


def test_money_that_a_corrected_report_gives_back_is_reported_from_then_on(cast, voted):
    pay(cast, voted, 500_000, date(2027, 3, 2))
    execute(cast, voted, 500_000, date(2027, 3, 31))
    with on(date(2027, 9, 6)):
        entry = Entry.objects.get(stage="executed")
        acts.correct(cast, voted, entry, actor="finance")

    assert due_of(money.unreported_months(date(2027, 9, 7)), "report_by") == "2027-10-10"


def test_corrected_report_no_longer_counts(cast, voted):
    pay(cast, voted, 500_000, date(2027, 3, 2))
    execute(cast, voted, 100_000, date(2027, 3, 31))
    execute(cast, voted, 0, date(2027, 4, 30))
    assert due_of(money.unreported_months(date(2027, 5, 3)), "report_by") == "2027-06-10"

    with on(date(2027, 5, 4)):
        acts.correct(cast, voted, Entry.objects.get(stage="executed", won=0), actor="finance")
    assert due_of(money.unreported_months(date(2027, 5, 4)), "report_by") == "2027-05-10"
    with on(date(2027, 5, 4)):
        acts.correct(cast, voted, Entry.objects.get(stage="executed", won=100_000), actor="finance")
    assert due_of(money.unreported_months(date(2027, 5, 4)), "report_by") == "2027-04-10"
    assert first_difference() is None


def test_money_carried_in_before_its_year_is_reported_from_january_on(cast, voted):
    pay(cast, voted, 400_000, date(2027, 3, 2))
    with on(date(2027, 12, 20)):
        acts.carried(cast, voted, 400_000, account="treasury")

    found = [line for line in money.unreported_months(date(2028, 1, 3)) if line.fiscal_year == 2028]
    assert [line.report_by.isoformat() for line in found] == ["2028-02-10"]


def test_december_is_reported_in_january_and_is_the_last_month(cast, voted):
    pay(cast, voted, 500_000, date(2027, 12, 6))
    assert due_of(money.unreported_months(date(2028, 1, 3)), "report_by") == "2028-01-10"

    execute(cast, voted, 1, date(2027, 12, 31))
    assert due_of(money.unreported_months(date(2028, 1, 3)), "report_by") is None


def test_settled_year_is_not_reported_any_more(cast, voted):
    pay(cast, voted, 500_000, date(2027, 12, 6))
    with on(date(2028, 1, 3)):
        acts.report(cast, voted)

    assert due_of(money.unreported_months(date(2028, 1, 4)), "report_by") is None


@pytest.mark.parametrize(
    ("day", "bound", "due"),
    [
        ("2027-04-30", 0, None),
        ("2027-05-03", 299_999, "2027-06-30"),
        ("2027-05-03", 300_000, None),
        ("2027-07-30", 299_999, "2027-06-30"),
        ("2027-08-02", 300_000, "2027-09-30"),
        ("2027-10-29", 499_999, "2027-09-30"),
        ("2027-10-29", 500_000, None),
        ("2027-11-01", 0, None),  # from now on it is asked what is carried over
    ],
)
@pytest.mark.parametrize("way", ["contract", "execute"])
def test_funds_are_under_contract_by_midyear_and_by_autumn(cast, voted, day, bound, due, way):
    pay(cast, voted, 600_000, date(2027, 2, 1))
    if bound and way == "contract":
        say(cast, voted, "contract", "contracted", bound, date(2027, 4, 1))
    elif bound:
        execute(cast, voted, bound, date(2027, 4, 1))  # what is spent was under contract

    assert due_of(budget.thin_contracts(date.fromisoformat(day)), "contract_by") == due


def test_funds_that_came_in_the_quarter_need_no_contract_yet(cast, version):
    with on(date(2027, 4, 1)):
        acts.vote(cast, acts.line(), 1_000_000)

    assert due_of(budget.thin_contracts(date(2027, 6, 30)), "contract_by") is None
    assert due_of(budget.thin_contracts(date(2027, 8, 2)), "contract_by") == "2027-09-30"


def test_supplementary_budget_of_june_asks_for_no_more_contracts_in_june(cast, voted):
    pay(cast, voted, 600_000, date(2027, 2, 1))
    say(cast, voted, "contract", "contracted", 300_000, date(2027, 4, 1))
    with on(date(2027, 6, 21)):
        acts.vote(cast, voted, 500_000)

    assert due_of(budget.thin_contracts(date(2027, 6, 22)), "contract_by") is None
    assert due_of(budget.thin_contracts(date(2027, 8, 2)), "contract_by") == "2027-09-30"


def test_too_few_contracts_are_escalated(cast, voted):
    reminded = reminded_of(
        "contract", date(2027, 7, 1), date(2027, 7, 15), "approver", "coordinator"
    )

    assert reminded == [
        ("2027-07-01", "approver", "up-1-0"),
        ("2027-07-08", "approver", "up-1-1"),
        ("2027-07-14", "coordinator", "up-2-0"),
        ("2027-07-15", "approver", "up-1-2"),
    ]


def test_what_is_left_of_a_year_is_named_in_november_and_climbs_on_5_january(cast, voted):
    pay(cast, voted, 1_000_000, date(2027, 3, 2))
    people = ("finance", "approver", "coordinator")
    reminded = reminded_of("carry", date(2027, 10, 25), date(2028, 1, 14), *people)

    assert [row for row in reminded if not row[2].startswith("after-")] == [
        ("2027-11-01", "finance", "before-43"),
        ("2027-12-01", "finance", "before-21"),
        ("2027-12-28", "finance", "before"),
        ("2027-12-31", "finance", "today"),
        ("2028-01-05", "approver", "up-1-0"),
        ("2028-01-12", "approver", "up-1-1"),
        ("2028-01-14", "coordinator", "up-2-0"),
    ]


def test_local_funds_are_carried_over_as_well(cast, voted):
    with on(VOTED):
        acts.vote(cast, acts.line(source="municipal"), 700_000, actor="finance")

    found = days_of(budget.unclassified(date(2027, 11, 1)), "year_end")
    assert found == {(2027, "national"): "2027-12-31", (2027, "municipal"): "2027-12-31"}


def test_what_is_asked_for_or_settled_is_classified(cast, voted):
    pay(cast, voted, 400_000, date(2027, 3, 2))
    day = date(2027, 12, 1)
    assert due_of(budget.unclassified(day), "year_end") == "2027-12-31"

    with on(day):
        carried = acts.carry(cast, voted, 600_000)
        assert due_of(budget.unclassified(day), "year_end") is None
        acts.decide(cast, carried)
    assert due_of(budget.unclassified(day), "year_end") == "2027-12-31"  # 400,000 in the treasury
    execute(cast, voted, 399_999, date(2027, 12, 31))
    assert due_of(budget.unclassified(date(2028, 1, 3)), "year_end") == "2027-12-31"
    with on(date(2028, 1, 3)):
        acts.report(cast, voted)
    assert due_of(budget.unclassified(date(2028, 1, 3)), "year_end") is None


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("2028-12-29", set()),
        ("2029-06-29", set()),
        (
            "2029-07-02",
            {"motir_approver", "mcst_approver", "province_approver", "approver"}
            | {"coordinator", "second_coordinator"},
        ),
        ("2030-01-02", set()),
    ],
)
def test_in_its_last_half_year_an_agreement_is_prolonged_or_ends(cast, version, day, who):
    kind = next(kind for kind in KINDS if kind.name == "ending")
    today = date.fromisoformat(day)

    assert {name for name, user in cast.items() if kind.work_of(user, today)} == who


def test_end_is_reminded_of_half_a_year_a_quarter_and_a_month_ahead(version):
    reminded = reminded_of("ending", date(2029, 7, 2), date(2029, 12, 3), "approver")

    assert reminded == [
        ("2029-07-05", "approver", "before-120"),
        ("2029-10-04", "approver", "before-60"),
        ("2029-11-30", "approver", "before-20"),
    ]


def test_amendment_under_way_ends_the_question(cast, version):
    with on(date(2029, 8, 1)):
        factories.next_version(cast, version)

    assert list(agreements.ending(date(2029, 8, 2))) == []
