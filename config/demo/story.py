"""The demo's files in every state, with dates that move with the day it is loaded."""

from datetime import timedelta

from accounts.models import Organisation, Role, User
from agreements.trials import make_certificates
from foundation import clock
from projects.models import Call, Ceiling
from projects.workflow import CALL, CEILING, PROPOSAL
from reminders.work import work_of

from . import parts
from .cast import Cast, body
from .pilot import ILLUSTRATIVE, plans
from .plans import Plans
from .road import Road

# What is left of the road for each pilot project, by its number in the source.
IN_FORCE = (1, 2, 3, 5, 9, 11)
CUT = 3  # its vote falls short of what was agreed: a gap


def tell(say):
    """Load everything; returns the accounts."""
    make_certificates(f"시연용 인증기관 {ILLUSTRATIVE}")
    cast = Cast()
    coordinator = cast.of(body("PCDBD"), Role.COORDINATOR)
    for office, role in (("MPB", Role.BUDGET), ("BAI", Role.AUDITOR)):
        cast.of(body(office), role)
    cast.administrator(body("MOLIT"))
    plans_above = Plans(coordinator)
    call = open_call(coordinator)
    all_plans = {plan.no: plan for plan in plans()}
    for number, plan in all_plans.items():
        say(f"{plan.applicant}: {plan.title}")
        road = Road(cast, call, plan, coordinator, plans_above)
        if number in IN_FORCE:
            to_force(road)
        else:
            ROADS[number](road)
    for plan, tell_one in zip(second_phases(all_plans), SECOND.values(), strict=True):
        say(f"{plan.applicant}: {plan.title}")
        tell_one(Road(cast, call, plan, coordinator, plans_above))
    set_ceilings(cast.of(body("MPB"), Role.BUDGET), call.first_fiscal_year)
    return busiest_first(cast.accounts)


def busiest_first(accounts):
    """So that the first account of a role finds work on its first page."""
    people, today = User.objects.in_bulk(field_name="email"), clock.today()

    def open_matters(account):
        groups, _more = work_of(people[account["email"]], today)
        return sum(len(items) for items in groups.values())

    return sorted(accounts, key=open_matters, reverse=True)


def set_ceilings(budget_officer, year):
    """Invented ceilings of three years, so that some are nearly used up."""
    for ministry in Organisation.objects.ministries().alive(clock.today()).order_by("pk"):
        for later in range(3 if ministry.components.exists() else 0):
            row = Ceiling(ministry=ministry, fiscal_year=year + later, won=15_000_000_000)
            CEILING.perform("set", row, actor=budget_officer)


def open_call(coordinator):
    today = clock.today()
    values = {
        "title_ko": f"{today.year}년 지역발전투자협약 공모 {ILLUSTRATIVE}",
        "title_en": f"Call for regional investment agreements {today.year} (illustrative)",
        "opens_on": today - timedelta(days=230),
        "closes_on": today + timedelta(days=9),
        "first_fiscal_year": today.year,
        "national_ceiling": 10_000_000_000,
        "check_days": 3,
        "required_sections": ["need", "goals"],
    }
    with clock.at(clock.now() - timedelta(days=240)):
        call = CALL.perform("prepare", Call(**values), actor=coordinator, parts=parts.write_rules)
        CALL.perform("prepare", next_call(today), actor=coordinator, parts=parts.write_rules)
        return CALL.perform("open", call, actor=coordinator)


def next_call(today):
    year = today.year + 1
    return Call(
        title_ko=f"{year}년 지역발전투자협약 공모안 {ILLUSTRATIVE}",
        title_en=f"Call for regional investment agreements {year}, in preparation (illustrative)",
        opens_on=today + timedelta(days=60),
        closes_on=today + timedelta(days=120),
        first_fiscal_year=year,
        national_ceiling=10_000_000_000,
        block_grant=True,
        province_quota=2,
        screening_days=5,
        check_days=3,
    )


def reviewed(road, *, begun, answered):
    with road.on(begun):
        proposal = road.ask_ministries(road.write())
    with road.on(answered):
        road.answer(proposal)
    return proposal


def selected(road, *, begun, answered, decided):
    proposal = reviewed(road, begun=begun, answered=answered)
    with road.on(decided):
        return road.select(proposal)


def agreed(road):
    """Selected long ago and consented to by all: a frozen text."""
    proposal = selected(road, begun=150, answered=142, decided=135)
    with road.on(120):
        version = road.circulate(road.draft(proposal))
    with road.on(112):
        road.consent(version)
    return version


def to_force(road):
    version = agreed(road)
    with road.on(108):
        version = road.resolve(version)
    with road.on(100):
        road.sign(version)
    first_year(road, version)


def first_year(road, version):
    """Votes, tranches and execution of the first year; one file lags behind the other."""
    number = road.plan.no
    lines = version.agreement.appropriations.filter(fiscal_year=road.years[0])
    lines = list(lines.select_related("balance").order_by("pk"))
    for line in lines if number != 9 else lines[:-2]:
        with road.on(95):
            won = line.balance.agreed
            cut = number == CUT and line.is_national
            road.vote(line, won - won // 5 if cut else won, f"demo-vote-{line.pk}")
    voted = [line for line in lines if line.is_national and number != 9]
    for place, line in enumerate(voted):
        move_money(road, line, stage=(number + place) % 4)


def move_money(road, line, *, stage):
    """Requested 30 days ago and overdue, granted, paid, or paid and half executed."""
    ask = line.balance.agreed // 2
    with road.on(30 if stage == 0 else 60 if stage > 1 else 18):
        tranche = road.request(line, ask)
    if stage == 0:
        return
    with road.on(9 if stage == 1 else 50):
        road.grant(tranche, ask)
    if stage == 1:
        return
    with road.on(40):
        road.pay(tranche, ask)
    if stage == 3:
        with road.on(20):
            road.execute(line, ask // 2)


def signing(road):
    version = agreed(road)
    with road.on(18):
        version = road.resolve(version)
    with road.on(6):
        road.sign(version, most=2)
        for party in version.parties.filter(role="province").order_by("pk")[:1]:
            road.delegate(party.organisation)


def frozen(road):
    version = agreed(road)
    with road.on(3):
        road.correct(version)


def consenting(road):
    proposal = selected(road, begun=60, answered=52, decided=40)
    with road.on(9):
        version = road.circulate(road.draft(proposal))
        road.consent(version, most=2)


def drafting(road):
    proposal = selected(road, begun=60, answered=52, decided=40)
    with road.on(5):
        road.draft(proposal)


def waiting_for_the_draft(road):
    selected(road, begun=40, answered=32, decided=4)


def in_review(road):
    with road.on(8):
        proposal = road.ask_ministries(road.write())
    with road.on(4):
        last = proposal.reviews.order_by("pk").last()
        road.ask(last, "장비 구매비의 산출 근거와 견적을 보내 주십시오. (예시)")
    with road.on(2):
        road.answer(proposal, answered=2, confirmed=1)


def silent(road):
    with road.on(13):
        road.ask_ministries(road.write())


def checked(road):
    with road.on(2):
        road.submit(road.write())


def reserved(road):
    proposal = reviewed(road, begun=40, answered=32)
    with road.on(25):
        road.keep_in_reserve(proposal, 1)


def only_reviewed(road):
    reviewed(road, begun=12, answered=3)


def begun(road):
    with road.on(3):
        road.write(components=1)


def ready(road):
    with road.on(2):
        road.write()


def returned(road):
    proposal = reviewed(road, begun=20, answered=12)
    with road.on(4):
        note = "내역사업 간 역할 구분이 분명하지 않습니다. 보완 후 다시 제출해 주십시오. (예시)"
        PROPOSAL.perform("return", proposal, actor=road.coordinator, note=note)


def turned_down(road):
    proposal = reviewed(road, begun=40, answered=32)
    with road.on(25):
        PROPOSAL.perform("reject", proposal, actor=road.coordinator, note="선정 예산 부족 (예시)")


def withdrawn(road):
    with road.on(30):
        proposal = road.write()
    with road.on(28):
        approver = road.local(Role.APPROVER)
        PROPOSAL.perform("withdraw", proposal, actor=approver, note="의회 동의를 얻지 못함 (예시)")


ROADS = {4: consenting, 6: in_review, 7: drafting, 8: signing, 10: only_reviewed}
SECOND = {
    5: ready,
    1: begun,
    2: returned,
    4: silent,
    8: frozen,
    3: waiting_for_the_draft,
    7: turned_down,
    10: withdrawn,
    9: checked,
    11: reserved,
}


def second_phases(all_plans):
    """Invented second phases of pilot projects, for the states no pilot project is in."""
    for number in SECOND:
        plan = all_plans[number]
        yield type(plan)(**vars(plan) | {"title": f"{plan.title} 2단계 {ILLUSTRATIVE}"})
