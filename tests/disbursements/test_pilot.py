"""Two projects of the pilot, 2019 to 2021, with a cut of one ministry in the second year.

What is expected is worked out by hand from the public amounts (``demo/pilot-2019.json``):
Gangneung was promised 9,000 million won of national funds, Hongseong 9,100 million. The demo
divides them over components and years by 30 : 35 : 35:

- Gangneung, 3 components: 9,000 x 30 / 300 = 900 each in 2019, 9,000 x 35 / 300 = 1,050 after;
  the first and the third are MOTIE's (MOTIR today), the second is MCST's.
- Hongseong, 5 components: 9,100 x 30 / 500 = 546 each in 2019, 9,100 x 35 / 500 = 637 after;
  the first, third and fifth are MAFRA's, the second and fourth MOE's.
"""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.html import strip_tags

from accounts import reference
from accounts.models import Role, User
from agreements.workflow import PAPER
from demo import parts, story
from demo.cast import Cast, body
from demo.pilot import plans
from demo.plans import Plans
from demo.road import Road
from disbursements.ledger.ledger_check import first_difference
from foundation.time import clock
from projects.models import Call
from projects.workflow import CALL
from tests import factories

from . import acts

MILLION = 1_000_000
SIGNED = (2019, 6, 27)  # as in the public record


def on(year, month, day):
    """At noon in Korea."""
    return clock.at(datetime(year, month, day, 3, tzinfo=UTC))


def open_call(coordinator):
    values = {
        "title_ko": "2019년 지역발전투자협약 시범사업 공모",
        "title_en": "Pilot of 2019",
        "opens_on": date(2019, 1, 11),
        "closes_on": date(2019, 5, 31),
        "first_fiscal_year": 2019,
        "national_ceiling": 10_000 * MILLION,
        "check_days": 3,
    }
    with on(2019, 1, 11):
        call = CALL.perform("prepare", Call(**values), actor=coordinator, parts=parts.write_rules)
        return CALL.perform("open", call, actor=coordinator)


@pytest.fixture
def roads(db):
    """Gangneung's and Hongseong's agreements, in force since 27 June 2019."""
    reference.load()
    cast = Cast()
    coordinator = cast.of(body("PCDBD"), Role.COORDINATOR)
    cast.of(body("BAI"), Role.AUDITOR)
    call, above = open_call(coordinator), Plans(coordinator)
    roads = [Road(cast, call, plan, coordinator, above) for plan in plans()[:2]]
    for road in roads:
        with on(*SIGNED):
            version = signed(road)
        assert version.in_force_on == date(*SIGNED)
    return roads


def signed(road):
    proposal = story.selected(road, begun=60, answered=50, decided=45)
    with road.on(20):
        version = road.circulate(road.draft(proposal))
    with road.on(10):
        road.consent(version)
    with road.on(5):
        version = road.resolve(version)
    for party in version.parties.order_by("position", "pk"):
        approver = road.cast.of(party.organisation, Role.APPROVER)
        scan = factories.paper(None, version, party=party, actor=approver)
        PAPER.perform("confirm", scan, actor=road.coordinator)
    version.refresh_from_db()
    return version


def officers(road, line):
    """Who acts on a line, by the names that ``acts`` knows."""
    payer, recipient = line.payer, line.recipient
    return {
        "finance": road.cast.of(recipient, Role.FINANCE),
        "motir_finance": road.cast.of(payer, Role.FINANCE),
        "motir_payer": road.cast.of(payer, Role.FINANCE, second=True),
    }


def each_line(roads, year):
    """The national lines of a year, with their people."""
    for road in roads:
        lines = road.agreement().appropriations.filter(source="national", fiscal_year=year)
        for line in lines.select_related("balance").order_by("pk"):
            yield line, officers(road, line)


def live(roads, year, *, voted_on, paid_on, spent_on, cut=None, rest_on=None, spent=(1, 1)):
    """A year of all lines: MCST votes four fifths if ``cut``, and pays half on ``rest_on``."""
    for line, people in each_line(roads, year):
        is_mcst = line.payer_id == "MCST"
        won = line.balance.agreed * 4 // 5 if cut and is_mcst else line.balance.agreed
        first = won // 2 if rest_on and is_mcst else won
        with on(year, *voted_on):
            acts.vote(people, line, won)
        with on(year, *paid_on):
            pay(people, line, first)
        if first < won:
            with on(year, *rest_on):
                pay(people, line, won - first)
        with on(year, *spent_on):
            acts.execute(people, line, won * spent[0] // spent[1])


def pay(people, line, won):
    acts.pay(people, acts.granted(people, line, won, note="정산을 기다리지 않는다."), won)


ROW = re.compile(r'<tr><th scope="row">(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<td.*?</td>", re.DOTALL)


def shown(client, year):
    """{name: [promised, appropriated, paid, executed, days late, index]} as the page says."""
    with on(year, 12, 30):
        page = client.get(f"/stability/?year={year}&by=ministry").content.decode()
    table = page.partition("<tbody>")[2].partition("</tbody>")[0].replace("<br>", " ")
    return page, {
        strip_tags(row.partition("</th>")[0]): [
            float(re.search(r"[\d,.]+", strip_tags(cell))[0].replace(",", ""))
            for cell in CELL.findall(row)
        ]
        for row in ROW.findall(table)
    }


def millions(promised, appropriated, paid, executed, days, index):
    amounts = [round(won * MILLION) for won in (promised, appropriated, paid, executed)]
    return [*amounts, days, index]


MOTIR, MCST, MAFRA, MOE = "산업통상부", "문화체육관광부", "농림축산식품부", "교육부"


def test_three_years_of_the_pilot_with_a_cut_in_the_second(client, roads):
    client.force_login(User.objects.get(memberships__role=Role.AUDITOR))
    live(roads, 2019, voted_on=(6, 28), paid_on=(7, 26), spent_on=(12, 20), spent=(9, 10))
    with on(2020, 1, 2):
        feared = client.get("/stability/cut/?ministry=MCST&year=2020&percent=20")
    live(roads, 2020, voted_on=(1, 10), paid_on=(2, 28), spent_on=(12, 18), cut=True)
    days = {"voted_on": (1, 11), "paid_on": (2, 26), "rest_on": (10, 15), "spent_on": (12, 17)}
    live(roads, 2021, spent=(1, 2), **days)

    # In force on 27 June: half of 2019 was due that day and came 29 days later, the rest came
    # early: 29 / 2 = 14.5 days; T = 1 - 14.5 / 90 = 0.8389; index = 100 x 1 x 1.8389 / 2 = 91.9.
    # MOTIR 2 x 900, MCST 900, MAFRA 3 x 546, MOE 2 x 546; nine tenths of it are executed.
    _page, rows = shown(client, 2019)
    assert rows == {
        MOTIR: millions(1_800, 1_800, 1_800, 1_620, 14.5, 92),
        MAFRA: millions(1_638, 1_638, 1_638, 1_474.2, 14.5, 92),
        MOE: millions(1_092, 1_092, 1_092, 982.8, 14.5, 92),
        MCST: millions(900, 900, 900, 810, 14.5, 92),
    }

    # MCST votes 1,050 x 0.8 = 840: K = 0.8. The plan is 4 x 262.5; 3 x 262.5 = 787.5 are met, of
    # the last, due on 30 November, 52.5; 210 are 30 days late: 210 x 30 / 1,050 = 6 days;
    # T = 1 - 6 / 90 = 0.9333; index = 100 x 0.8 x 1.9333 / 2 = 77.3. Nobody else is late:
    # 28 February is the last working day of the month, for the 29th is a Saturday.
    page, rows = shown(client, 2020)
    assert rows == {
        MOTIR: millions(2_100, 2_100, 2_100, 2_100, 0, 100),
        MAFRA: millions(1_911, 1_911, 1_911, 1_911, 0, 100),
        MOE: millions(1_274, 1_274, 1_274, 1_274, 0, 100),
        MCST: millions(1_050, 840, 840, 840, 6, 77),
    }
    # All: 6,335 promised, 6,125 voted: K = 0.96685; 210 x 30 / 6,335 = 0.99 days, T = 0.98895;
    # index = 100 x 0.96685 x 1.98895 / 2 = 96.2. The cut was known before: 1,050 x 20 % = 210.
    assert "<b>96</b>" in page
    assert "확정액이 협약액보다 적음" in page
    assert feared.context["whole"] == 210 * MILLION
    assert "210,000,000" in page

    # MCST pays one half in time and the other on 15 October: the third of four parts, due on
    # 31 August, is 45 days late, the fourth is early: 45 / 4 = 11.25, shown as 11.3;
    # T = 1 - 11.25 / 90 = 0.875; index = 100 x 1 x 1.875 / 2 = 93.75. Half is executed.
    _page, rows = shown(client, 2021)
    assert rows == {
        MOTIR: millions(2_100, 2_100, 2_100, 1_050, 0, 100),
        MAFRA: millions(1_911, 1_911, 1_911, 955.5, 0, 100),
        MOE: millions(1_274, 1_274, 1_274, 637, 0, 100),
        MCST: millions(1_050, 1_050, 1_050, 525, 11.3, 94),
    }
    assert first_difference() is None
