from datetime import date

import pytest

from agreements.models import Party, Version
from agreements.workflow import AGREEMENT, PARTY
from foundation.time.deadlines import days_left
from projects.workflow import ISSUE_SIDE, PROPOSAL
from reminders.matters.kinds import KINDS
from tests import factories
from tests.disbursements import acts
from tests.reminders.recipients import people

from ..conftest import on


def answered_once(cast, call):
    proposal = factories.submitted(cast, call)
    factories.answer(cast, proposal.reviews.get(ministry="MOTIR"), confirm=False)


def returned(cast, call):
    proposal = factories.reviewed(cast, call)
    PROPOSAL.perform("return", proposal, actor=cast["coordinator"], note="보완")


def circulated(cast, call):
    version = factories.drafted(cast, call)
    AGREEMENT.perform("circulate", version, actor=cast["coordinator"])


def objected(cast, call):
    circulated(cast, call)
    party = Party.objects.get(organisation="MCST")
    factories.objected(cast, party, number=0, remark="금액")


def declined(cast, call):
    version = factories.signing(cast, call)
    party = version.parties.get(organisation="gangwon")
    PARTY.perform("decline", party, actor=cast["province_approver"], note="의회")


def objected_round(cast, call):
    made = factories.proposed(cast, call)
    factories.take(cast, made, "MOTIR", "object")
    for who in ("MCST", "gangwon-gangneung"):
        factories.take(cast, made, who)


def voted(cast, call):
    factories.in_force(cast, call)
    acts.vote(cast, acts.line(), 1_000_000)


def suspended(cast, call):
    """With money voted and left to request, which must wait."""
    version = factories.in_force(cast, call)
    acts.vote(cast, acts.line(), 1_000_000)
    AGREEMENT.perform("suspend", version, actor=cast["coordinator"], note="감사")


def requested(cast, call):
    factories.in_force(cast, call)
    line = acts.vote(cast, acts.line(), 1_000_000)
    return acts.request(cast, line, 500_000)


def granted(cast, call):
    return acts.grant(cast, requested(cast, call), 500_000)


def paid(cast, call):
    acts.pay(cast, granted(cast, call), 500_000)


def batched(cast, call):
    """On its way to the bank, if another finance officer sends it: nothing to pay by hand."""
    tranche = granted(cast, call)
    acts.account(cast)
    return acts.batch(cast, tranche, actor="motir_payer")


def mismatched(cast, call):
    """The bank names another amount."""
    batch = acts.send(cast, batched(cast, call), actor="motir_finance")
    other = acts.answer_of(batch, won=499_999)
    acts.read(cast, batch, other, actor="motir_payer")


COORDINATORS = {"coordinator", "second_coordinator"}


def argued(cast, call):
    """One of the two sides has spoken, in time."""
    proposal = factories.reviewed(cast, call)
    issue = factories.issue(cast, proposal)
    speak(cast, issue, "MOTIR", "motir_reviewer")
    return issue


def speak(cast, issue, organisation, who):
    def write(record):
        record.position = "그렇다."

    side = issue.sides.get(organisation=organisation)
    ISSUE_SIDE.perform("state", side, actor=cast[who], change=write)


def all_heard(cast, call):
    speak(cast, argued(cast, call), "gangwon-gangneung", "drafter")


def unrecorded(cast, call):
    factories.session(cast, call, factories.reviewed(cast, call), held_on=date(2027, 2, 26))


def held(cast, call):
    factories.judged(cast, call)


SIGNERS = {"motir_approver", "mcst_approver", "province_approver", "approver"}
LOCAL = {"apply": {"finance"}, "match": {"finance"}}  # asked in March of who has an agreement
VOTES = {"vote": {"motir_finance", "motir_payer", "mcst_finance", "mcst_payer"}} | LOCAL
MCST_VOTES = {"vote": {"mcst_finance", "mcst_payer"}} | LOCAL
ROAD = [
    (factories.complete_proposal, {"draft": {"drafter"}, "submit": {"approver"}}),
    (factories.submitted, {"review": {"motir_reviewer", "mcst_reviewer"}}),
    (answered_once, {"review": {"mcst_reviewer"}, "confirm": {"motir_approver"}}),
    (factories.reviewed, {"decide": COORDINATORS}),
    (argued, {"decide": COORDINATORS, "side": {"drafter", "approver"}}),
    (all_heard, {"decide": COORDINATORS, "issue": {"second_coordinator"}}),
    (unrecorded, {"decide": COORDINATORS, "unrecorded": COORDINATORS}),
    (held, {"decide": COORDINATORS}),
    (returned, {"returned": {"drafter"}, "resubmit": {"approver"}}),
    (
        factories.proposed,
        {
            "decide": COORDINATORS,
            "position": {"motir_approver", "mcst_approver", "approver"},
        },
    ),
    (objected_round, {"decide": COORDINATORS, "objected": COORDINATORS}),
    (factories.selected, {"to_draft": COORDINATORS}),
    (factories.drafted, {"drafting": COORDINATORS}),
    (circulated, {"consent": SIGNERS}),
    (objected, {"consent": SIGNERS, "objection": COORDINATORS}),
    (factories.frozen, {"resolve": COORDINATORS}),
    (factories.signing, {"sign": SIGNERS}),
    (factories.entered_on_paper, {"sign": SIGNERS, "paper": COORDINATORS}),
    (factories.being_corrected, {"resolve": COORDINATORS, "correction": SIGNERS}),
    (declined, {"sign": SIGNERS, "objection": COORDINATORS}),
    (factories.in_force, VOTES),
    (
        factories.amending,
        {"drafting": COORDINATORS, "amendment": {"drafter", "approver"}} | VOTES,
    ),
    (suspended, {"suspended": COORDINATORS | {"motir_approver"}} | MCST_VOTES),
    (factories.ending, {"terminate": {"second_coordinator"}} | VOTES),
    (voted, {"request": {"finance"}} | MCST_VOTES),
    (requested, {"grant": {"motir_finance", "motir_payer"}} | MCST_VOTES),
    (granted, {"request": {"finance"}, "pay": {"motir_payer"}} | MCST_VOTES),
    (batched, {"request": {"finance"}, "batch": {"motir_finance"}} | MCST_VOTES),
    (
        mismatched,
        {"request": {"finance"}, "unmatched": {"motir_finance", "motir_payer"}} | MCST_VOTES,
    ),
    (paid, {"request": {"finance"}, "execute": {"finance"}} | MCST_VOTES),
]


@pytest.mark.parametrize(("reach", "expected"), ROAD, ids=[step.__name__ for step, _ in ROAD])
def test_each_step_is_the_work_of_exactly_the_right_people(cast, call, reach, expected):
    with on(date(2027, 3, 2)) as today:
        reach(cast, call)

        assert turns(cast, today) == expected
        assert reminded(today) == {
            kind.name: expected[kind.name]
            for kind in KINDS
            if kind.reminds and kind.name in expected
        }


def turns(cast, today):
    """Who finds which kind of work on the first page; of a kind with no open row nobody does."""
    found = {}
    for kind in (kind for kind in KINDS if kind.open(today).exists()):
        names = {name for name, user in cast.items() if kind.work_of(user, today).exists()}
        found |= {kind.name: names} if names else {}
    return found


def reminded(today):
    """Who would be reminded of which kind, found from the records instead of the people."""
    found = {}
    for kind in KINDS:
        for record in kind.open(today) if kind.reminds else ():
            names = {person.name for person in people(kind, record, today)}
            found[kind.name] = found.get(kind.name, set()) | names
    return found


def test_silence_becomes_the_coordinators_work_after_the_day(cast, call, tuesday):
    factories.submitted(cast, call)

    with on(date(2026, 12, 8)) as last_day:
        assert "silence" not in turns(cast, last_day)
    with on(date(2026, 12, 9)) as day_after:
        assert turns(cast, day_after)["silence"] == COORDINATORS


def test_overdue_round_is_closed_by_a_coordinator_who_did_not_write_it(cast, call, tuesday):
    made = factories.round_of(cast, factories.reviewed(cast, call), due_on=date(2026, 12, 1))

    with on(date(2026, 12, 1)) as last_day:
        assert "late_round" not in turns(cast, last_day)
    with on(date(2026, 12, 2)) as day_after:
        assert turns(cast, day_after)["late_round"] == {"second_coordinator"}
        assert made.is_overdue(day_after)


def test_draft_is_nobodys_work_once_the_call_is_over(cast, tuesday):
    call = factories.call(cast, closes_on=date(2026, 12, 31))
    factories.complete_proposal(cast, call)

    assert turns(cast, date(2026, 12, 31)) == {"draft": {"drafter"}, "submit": {"approver"}}
    assert turns(cast, date(2027, 1, 1)) == {}


def test_who_wrote_a_draft_is_not_asked_to_submit_it(cast, call, tuesday):
    factories.hold(cast["drafter"], "approver", cast.gangneung)
    factories.complete_proposal(cast, call)

    assert turns(cast, tuesday) == {"draft": {"drafter"}, "submit": {"approver"}}


def test_agreement_in_force_asks_for_figures_of_the_next_year_from_april_on(cast, call, tuesday):
    factories.in_force(cast, call)

    assert Version.objects.get().state == "in_force"
    assert turns(cast, date(2026, 2, 27)) == {}
    assert turns(cast, date(2026, 3, 31)) == {"apply": {"finance"}}
    assert turns(cast, date(2026, 4, 1)) == {"apply": {"finance"}, "ask": VOTES["vote"]}
    assert turns(cast, date(2026, 6, 1)) == {"figure": VOTES["vote"]}
    assert turns(cast, tuesday) == {"figure": VOTES["vote"], "match": {"finance"}}


def test_agreement_that_has_run_out_is_to_be_completed(cast, call, tuesday):
    factories.in_force(cast, call)

    assert turns(cast, date(2030, 1, 2)) == {"complete": COORDINATORS, "report": {"drafter"}}


@pytest.mark.parametrize(
    ("due", "today", "days"),
    [
        ("2026-11-27", "2026-11-24", 3),  # Friday, on Tuesday
        ("2026-11-27", "2026-11-28", -1),  # Friday, on Saturday: over
        ("2026-11-28", "2026-11-28", 1),  # a Saturday: until Monday
        ("2026-11-28", "2026-11-30", 0),
        ("2026-02-19", "2026-02-13", 1),  # Seollal 2026: Monday 16 to Wednesday 18
        ("2026-02-17", "2026-02-13", 1),  # due on Seollal: until Thursday 19
        ("2026-02-17", "2026-02-19", 0),
        ("2026-02-17", "2026-02-20", -1),
        ("2026-07-20", "2026-07-16", 1),  # Constitution Day is a holiday again
        ("2026-09-28", "2026-09-21", 3),  # Chuseok 2026: Thursday 24 to Saturday 26
        ("2026-09-23", "2026-09-30", -3),
        ("2026-10-12", "2026-10-02", 4),  # substitute on Monday 5, Hangul Day on Friday 9
        ("2027-01-04", "2026-12-30", 2),  # across the year's end
        ("2026-12-31", "2027-01-04", -1),
        ("2027-02-10", "2027-02-05", 1),  # Seollal 2027 with its substitute: Saturday to Tuesday
        ("2027-05-06", "2027-04-30", 2),  # substitute on Monday 3, Children's Day on Wednesday 5
        ("2027-09-17", "2027-09-13", 1),  # Chuseok 2027: Tuesday 14 to Thursday 16
        ("2027-10-12", "2027-10-01", 5),  # substitutes on Mondays 4 and 11
        ("2027-12-25", "2027-12-28", 0),  # Christmas on a Saturday, substitute on Monday 27
        ("2028-01-03", "2027-12-30", 2),  # New Year's Day on a Saturday has no substitute
        ("2028-01-31", "2028-01-25", 1),  # Seollal 2028: Wednesday 26 to Friday 28
        ("2028-02-29", "2028-02-28", 1),  # leap day
        ("2028-03-02", "2028-02-28", 2),
        ("2028-04-13", "2028-04-11", 1),  # election day
        ("2028-10-06", "2028-09-29", 1),  # Chuseok 2028 with its substitute: Monday to Thursday
    ],
)
def test_days_left_are_working_days_of_korea(due, today, days):
    assert days_left(date.fromisoformat(due), date.fromisoformat(today)) == days
