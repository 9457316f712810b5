"""The demo's proposals and agreements in every state, dated relative to the day of loading."""

from datetime import timedelta

from accounts.models import Organisation, Role, User
from agreements.keys.demo_certificates import make_certificates
from foundation.time import clock
from foundation.time.calendar import working_day_from
from projects.models import Call, Ceiling
from projects.workflow import CALL, CEILING, PROPOSAL
from reminders.work.my_work import work_of

from . import parts
from .cast import Cast, body
from .judging import dispute, judge
from .money import first_year
from .pilot import ILLUSTRATIVE, plans
from .plans import Plans
from .road import Road

# How far each pilot project is, by its number in the source.
IN_FORCE = (1, 2, 3, 5, 7, 9, 11)
AMENDED, AMENDING = 7, 2
REPORTING = 1  # has reported on its first year already
ENOUGH_TO_SHOW, LOOKED_AT = 2, 4  # open tasks on a first page; accounts of each role
AREA, AREA_AS_AMENDED = 3_000, 4_200  # invented, in square metres: 40 % more is material


def load(say):
    """Load the demo; calls ``say`` with the name of each project; returns the accounts."""
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
            {AMENDED: amended, AMENDING: amending}.get(number, lambda road: None)(road)
        else:
            ROADS[number](road)
    for plan, lead in later_phases(all_plans):
        say(f"{plan.applicant}: {plan.title}")
        lead(Road(cast, call, plan, coordinator, plans_above))
    judge(call, coordinator)
    set_ceilings(cast.of(body("MPB"), Role.BUDGET), call.first_fiscal_year)
    return busy_first(cast.accounts)


def busy_first(accounts):
    """First one account of each role, preferably with tasks on its first page; then the others."""
    by_role = {}
    for account in accounts:
        by_role.setdefault(account["role"], []).append(account)
    front = [
        next(filter(has_work, of_role[:LOOKED_AT]), of_role[0]) for of_role in by_role.values()
    ]
    return front + [account for account in accounts if account not in front]


def has_work(account):
    groups, _more = work_of(User.objects.get(email=account["email"]), clock.today())
    return sum(len(items) for items in groups.values()) >= ENOUGH_TO_SHOW


def set_ceilings(budget_officer, year):
    """Set invented ceilings of three years, of which some are nearly used up."""
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
        "closes_on": working_day_from(today + timedelta(days=9)),
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
        closes_on=working_day_from(today + timedelta(days=120)),
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
    """A frozen text: selected long ago and consented to by all parties."""
    proposal = selected(road, begun=150, answered=142, decided=135)
    with road.on(120):
        version = road.draft(proposal)
        if road.plan.no == AMENDED:
            version = road.state_area(version, AREA)
        version = road.circulate(version)
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
    if road.plan.no == REPORTING:
        with road.on(4):
            road.report(version, road.years[0])


def amended(road):
    """A material amendment in force, like Uiseong's of April 2020."""
    base = road.agreement().current()
    with road.on(70):
        reason = "청년 복합센터를 도시재생사업의 건물과 합쳐 한 곳에 짓는다. (면적과 금액은 예시)"
        version = road.propose_amendment(base, reason)
        version = road.move_money(version, year=road.years[1], percent=20)
        version = road.state_area(version, AREA_AS_AMENDED)
    with road.on(64):
        version = road.circulate(version)
        road.consent(version)
    with road.on(52):
        version = road.resolve(version)
    with road.on(47):
        road.sign(version)


def amending(road):
    """A minor amendment between two components; some parties have still to consent."""
    base = road.agreement().current()
    with road.on(7):
        version = road.propose_amendment(
            base, "가공센터 공사가 늦어져 다음 해 예산 일부를 옮긴다. (예시)"
        )
        version = road.move_money(version, year=road.years[2], percent=15)
    with road.on(5):
        version = road.circulate(version)
        road.consent(version, most=1)


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
    with road.on(20):
        again = clock.today() + timedelta(days=27)
        road.decide(version, "defer", result="deferred", words="자료 보완 (예시)", next_on=again)
    with road.on(3):
        road.correct(version)


def consenting(road):
    proposal = selected(road, begun=60, answered=52, decided=40)
    with road.on(9):
        version = road.circulate(road.draft(proposal))
        road.consent(version, most=2)
        waiting = version.parties.filter(state="asked").order_by("position", "pk").first()
        road.object_to(waiting, 8, "국비 교부 시기를 분기별로 정할 것을 요청합니다. (예시)")


def drafting(road):
    proposal = selected(road, begun=60, answered=52, decided=40)
    with road.on(5):
        version = road.draft(proposal)
    with road.on(3):
        text = "지방비 확보 시기를 지방의회 의결 이후로 적어 주십시오. (예시)"
        local = version.parties.order_by("-position", "pk").first().organisation
        road.remark(version, Role.APPROVER, local, 7, text)


CONDITIONS = (
    ("국비 교부 전에 사업 부지의 소유권을 확보할 것 (예시)", 30),
    ("운영 주체와 5년간의 운영비 부담 계획을 확정하여 제출할 것 (예시)", 34),
    ("기존 주차장 사업과 중복되는 공사비를 제외할 것 (예시)", 40),
)


def in_refinement(road):
    """Selected with three conditions: one met, one answered, one still open."""
    with road.on(40):
        proposal = road.ask_ministries(road.write())
    with road.on(32):
        road.answer(proposal, conditions=CONDITIONS)
    with road.on(25):
        proposal = road.select(proposal)
    land, running, _parking = proposal.conditions.order_by("pk")
    with road.on(10):
        road.meet(land, "매매계약을 체결하고 소유권 이전 등기를 마쳤습니다. (예시)")
    with road.on(7):
        road.settle(land)
    with road.on(3):
        road.meet(running, "위탁 운영 협약을 체결하고 운영비는 시·군비로 부담합니다. (예시)")


def waiting_for_the_draft(road):
    proposal = reviewed(road, begun=40, answered=32)
    with road.on(20):
        road.take_positions(road.propose(proposal, 95))
    proposal.refresh_from_db()
    with road.on(5):
        proposal = road.select(proposal)
    dispute(road, proposal, decided=True)


def in_review(road):
    with road.on(8):
        proposal = road.ask_ministries(road.write())
    with road.on(4):
        last = proposal.reviews.order_by("pk").last()
        year, source, _won = last.revision.content["components"][-1]["lines"][-1]
        cell = f"cell-{last.component_id}-{year}-{source}"
        road.note(last, "part-section-need", "인구 통계의 기준 연도를 확인할 것. (예시)")
        road.note(last, cell, "유사 시설보다 단가가 높아 보임. 견적 확인 필요. (예시)")
        road.ask(last, "장비 구매비의 산출 근거와 견적을 보내 주십시오. (예시)")
    with road.on(2):
        road.answer(proposal, answered=2, confirmed=1)


def silent(road):
    with road.on(13):
        proposal = road.ask_ministries(road.write())
    with road.on(2):
        road.name_deputy(proposal.reviews.earliest("pk"))


def checked(road):
    with road.on(2):
        road.submit(road.write())


def reserved(road):
    proposal = reviewed(road, begun=40, answered=32)
    with road.on(25):
        road.keep_in_reserve(proposal, 1)


def coordinating(road):
    """The applicant objected to the first round; the second is with the parties."""
    proposal = reviewed(road, begun=20, answered=12)
    with road.on(9):
        road.take_positions(road.propose(proposal, 80), objects=1)
    with road.on(4):
        second = road.propose(proposal, 90)
    with road.on(1):
        road.take_positions(second, most=2)


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
        missing = {
            "section-need": "최근 3년 통계와 그 출처를 밝혀 주십시오. (예시)",
            "budget": "2차년도 지방비의 부담 주체가 보이지 않습니다. (예시)",
        }
        road.give_back(proposal, note, missing)


def rejected(road):
    proposal = reviewed(road, begun=40, answered=32)
    with road.on(25):
        PROPOSAL.perform("reject", proposal, actor=road.coordinator, note="선정 예산 부족 (예시)")


def withdrawn(road):
    """Selected, then withdrawn: the first in reserve comes next."""
    proposal = selected(road, begun=45, answered=37, decided=30)
    with road.on(3):
        approver = road.local(Role.APPROVER)
        PROPOSAL.perform("withdraw", proposal, actor=approver, note="의회 동의를 얻지 못함 (예시)")


ROADS = {4: consenting, 6: in_review, 8: signing, 10: coordinating}
LATER = (
    (6, drafting),
    (5, ready),
    (1, begun),
    (2, returned),
    (4, silent),
    (8, frozen),
    (3, waiting_for_the_draft),
    (7, rejected),
    (10, withdrawn),
    (9, checked),
    (11, reserved),
    (6, in_refinement),
)


def later_phases(all_plans):
    """Invented later phases of pilot projects, for the states no pilot project is in."""
    numbers = []
    for number, lead in LATER:
        numbers.append(number)
        title = f"{all_plans[number].title} {numbers.count(number) + 1}단계 {ILLUSTRATIVE}"
        yield type(all_plans[number])(**vars(all_plans[number]) | {"title": title}), lead
