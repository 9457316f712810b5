"""Pages in a browser: no overflow, no requests to other servers, no accessibility findings."""

import pytest

from disbursements.models import Appropriation
from plans.models import Goal, Plan, Standard
from plans.workflow import PLAN
from projects.models import Condition, Review
from tests import factories
from tests.disbursements import acts

from .pages import findings, in_turn, sign_in, too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def addresses(cast, call):
    """Pages by the person who works on them; together they use every template."""
    draft = factories.complete_proposal(cast, call, title="작성 중인 사업계획서")
    asked = factories.submitted(cast, call, title="검토 중인 사업계획서")
    signing = factories.signing(cast, call, title="서명 중인 협약")
    drafted = factories.drafted(cast, call, title="작성 중인 협약")
    version = factories.in_force(cast, call, title="이행 중인 협약")
    amended = factories.next_version(cast, factories.amended(cast, call, title="변경한 협약"))
    ending = factories.termination(cast, version)
    changing = f"/agreements/{amended.agreement_id}"
    review = Review.objects.get(proposal=asked, ministry="MOTIR")
    question = factories.question(cast, review)
    comment = factories.comment(cast, review)
    deputy = factories.deputy(cast, "motir_reviewer", "motir_finance").pk
    stalled = factories.proposed(cast, call, title="조정 중인 사업계획서")
    for who, move in (("MOTIR", "object"), ("MCST", "accept"), ("gangwon-gangneung", "accept")):
        factories.take(cast, stalled, who, move)
    conditioned = factories.conditioned(cast, call, title="조건이 붙은 사업계획서")
    condition = Condition.objects.get().pk
    letter = factories.selected(cast, call, title="선정된 사업계획서").letters.get()
    row = factories.correction(cast, factories.frozen(cast, call, title="확정된 협약"))
    weighing = factories.circulated(cast, factories.drafted(cast, call, title="회람 중인 협약"))
    weigher = weighing.parties.get(organisation="gangwon")
    remark = factories.remarked(cast, call, title="의견이 있는 협약안").remarks.get()
    report = factories.reported(cast, call, title="보고한 협약")
    deciding = f"/agreements/{row.version.agreement_id}/moves"
    factories.criteria(call, 60, 40)
    reviewed = factories.submitted(cast, call, title="평가한 사업계획서")
    for each in reviewed.reviews.order_by("pk"):
        factories.answer(cast, each, points=(80, 55))
    ceiling = factories.ceiling(cast, cast.motir, 2027, 10**10)
    issue, argued = factories.issue(cast, asked), factories.issue(cast, reviewed, title="소관")
    side, session = issue.sides.get(organisation="MOTIR"), factories.session(cast, call, reviewed)
    held = factories.session(cast, call, reviewed, asked)
    factories.record_session(cast, held)
    line = Appropriation.objects.filter(agreement=version.agreement, source="national").first()
    short, gap, carried, settled = money(cast, version)
    party = signing.parties.get(organisation="gangwon")
    agreement, plan = version.agreement_id, drafted.agreement_id
    component = draft.components.first().pk
    above = national_plan(cast, draft)
    open_round = factories.round_of(cast, reviewed)
    position = open_round.positions.get(organisation="MOTIR")
    article = drafted.articles.first().pk
    paper = factories.paper(cast, signing)
    factories.delegation(cast)
    return {
        "drafter": [
            "/", "/calls/", f"/calls/{call.pk}/", f"/calls/{call.pk}/proposals/new/", "/proposals/",
            f"/proposals/{draft.pk}/", f"/proposals/{draft.pk}/components/new/",
            f"/components/{component}/", f"/components/{component}/drop/",
            f"/proposals/{draft.pk}/parts/basics/", f"/proposals/{asked.pk}/",
            f"/proposals/{draft.pk}/components/", f"/proposals/{draft.pk}/parts/partners/",
            f"/proposals/{draft.pk}/parts/section-need/", f"/proposals/{draft.pk}/parts/budget/",
            f"/proposals/{draft.pk}/parts/indicators/", f"/proposals/{draft.pk}/parts/risks/",
            f"/proposals/{draft.pk}/parts/other-funding/", f"/proposals/{asked.pk}/compare/",
            f"/components/{component}/plans/", f"/proposals/{draft.pk}/copy/",
            f"/proposals/{draft.pk}/attachments/", f"/proposals/{draft.pk}/print/", f"/proposals/{draft.pk}/moves/hand_over/", f"/proposals/{draft.pk}/budget/upload/",
            f"/questions/{question.pk}/moves/answer/", f"/proposals/{conditioned.pk}/", "/conditions/", "/conditions/?state=met",
            f"/conditions/{condition}/", f"/conditions/{condition}/moves/fulfil/", f"/letters/{letter.pk}/",
        ],
        "motir_reviewer": ["/", "/reviews/", f"/reviews/{review.pk}/", f"/reviews/{review.pk}/moves/answer/", f"/components/{review.component_id}/",
            f"/reviews/{review.pk}/read/", f"/reviews/{review.pk}/read/?about=component-{review.component_id}",
            f"/reviews/{review.pk}/comments/new/", f"/comments/{comment.pk}/moves/edit/", "/reviews/?mine=ministry",
            f"/reviews/{review.pk}/moves/declare/", f"/reviews/{review.pk}/questions/new/", f"/questions/{question.pk}/", "/reviews/board/", f"/evaluations/{report.evaluations.get(organisation='MOTIR').pk}/moves/evaluate/",
            "/deputies/", f"/deputies/{deputy}/", f"/issues/{issue.pk}/", f"/sides/{side.pk}/moves/state/", f"/sessions/{held.pk}/"],
        "second_coordinator": [f"/issues/{argued.pk}/moves/decide/", f"/rounds/{stalled.pk}/", f"/rounds/{stalled.pk}/moves/decide/", f"/proposals/{stalled.proposal_id}/rounds/new/",
            f"/proposals/{stalled.proposal_id}/coordination/", f"/calls/{call.pk}/moves/divide/",
            f"{changing}/heirs/", f"/agreements/{agreement}/moves/suspend/", f"{changing}/termination/",
            f"/terminations/{ending.pk}/", f"/terminations/{ending.pk}/money/", f"/terminations/{ending.pk}/moves/withdraw/"],
        "motir_approver": [f"/reviews/{review.pk}/moves/assign/", f"/rounds/{open_round.pk}/", f"/positions/{position.pk}/moves/object/", f"/proposals/{reviewed.pk}/coordination/",
            "/reviews/", f"/reviews/bulk/?move=assign&row={review.pk}:1", "/deputies/new/", f"/deputies/{deputy}/moves/end/", f"/reviews/{reviewed.reviews.get(ministry='MOTIR').pk}/read/"],
        "coordinator": [
            f"/proposals/{reviewed.pk}/moves/return/", f"/proposals/{letter.proposal_id}/moves/change_lead/", f"/conditions/{condition}/moves/waive/",
            "/", "/calls/new/", "/proposals/", f"/proposals/bulk/?move=reject&row={reviewed.pk}:1", "/plans/", "/plans/new/", f"/plans/{above}/", f"/plans/{above}/projects/",
            f"/plans/{above}/moves/supersede/", "/areas/", "/areas/new/", f"/agreements/{plan}/", f"/agreements/{plan}/articles/new/", f"/articles/{article}/",
            f"/agreements/{plan}/parties/new/", f"/articles/{article}/place/", f"/articles/{article}/remove/", f"/agreements/{plan}/amounts/anew/", f"/calls/{call.pk}/template/", f"/calls/{call.pk}/template/moves/write/",
            f"/agreements/{plan}/moves/circulate/", f"/agreements/{signing.agreement_id}/corrections/new/", f"/agreements/{signing.agreement_id}/", f"/calls/{call.pk}/moves/close/",
            f"/calls/{call.pk}/moves/amend/", f"/calls/{call.pk}/ranking/", f"/proposals/{reviewed.pk}/moves/reserve/",
            f"/proposals/{reviewed.pk}/moves/select/", "/reviews/board/", f"/proposals/{reviewed.pk}/coordination/",
            f"/proposals/{asked.pk}/issues/new/", "/issues/", f"/issues/{issue.pk}/", f"/issues/{issue.pk}/moves/add_option/", f"/calls/{call.pk}/sessions/",
            f"/calls/{call.pk}/sessions/new/", f"/sessions/{session.pk}/", f"/sessions/{session.pk}/moves/hold/", f"/sessions/{held.pk}/",
            f"{deciding}/resolve/", f"{deciding}/defer/", f"{deciding}/send_back/", f"/remarks/{remark.pk}/", f"/remarks/{remark.pk}/moves/settle/",
            f"/agreements/{remark.version.agreement_id}/", f"/agreements/{report.agreement_id}/reports/", f"/reports/{report.pk}/", f"/reports/{report.pk}/moves/return/",
        ],
        "approver": [
            f"{changing}/", f"{changing}/versions/", f"{changing}/versions/1/", f"{changing}/versions/3/",
            f"{changing}/comparison/?before=1&after=3", f"{changing}/terms/", f"{changing}/lead/",
            f"{changing}/amounts/{amended.schedule.first().component_id}/", f"/amendments/{amended.amendment_id}/",
            f"/amendments/{amended.amendment_id}/moves/withdraw/", f"/agreements/{agreement}/amendments/new/", f"/gaps/{gap}/", f"/agreements/{agreement}/cut/?ministry=MOTIR&year=2028&percent=20",
        ],
        "budget": ["/budgets/ahead/", "/ceilings/", f"/ceilings/{ceiling.pk}/", "/ceilings/new/", f"/ceilings/{ceiling.pk}/moves/change/"],
        "province_approver": ["/", "/agreements/", f"/agreements/{signing.agreement_id}/", f"/parties/{party.pk}/moves/sign/", f"/parties/{party.pk}/moves/decline/",
            f"/parties/{party.pk}/moves/sign_elsewhere/", f"/parties/{party.pk}/papers/new/", f"/papers/{paper.pk}/", "/delegations/", "/delegations/new/gangwon/",
            f"/corrections/{row.pk}/", "/check/", f"/parties/{weigher.pk}/moves/weigh/", f"/agreements/{weighing.agreement_id}/"],
        "finance": [f"/agreements/{agreement}/money/", f"/money/{line.pk}/", f"/money/{line.pk}/tranches/new/", "/tranches/", "/notices/",
            f"/agreements/{agreement}/money/2027/", f"/agreements/{agreement}/statement/", "/budgets/local/?year=2027", f"/carry-overs/{carried}/", f"/settlements/{settled}/",
            f"/money/{line.pk}/carry-overs/new/", f"/money/{line.pk}/settlements/new/"],
        "motir_finance": ["/gaps/?year=2027", f"/gaps/{gap}/", f"/money/{short.pk}/gaps/new/", "/budgets/ministry/?year=2027", f"/carry-overs/{carried}/", f"/money/{short.pk}/moves/record/"],
        "auditor": ["/stability/?year=2027", "/stability/cut/?year=2027&ministry=MOTIR&percent=20", f"/agreements/{agreement}/history/", f"/agreements/{agreement}/", f"/reviews/{review.pk}/read/", "/nowhere/"],
    }  # fmt: skip


def money(cast, version):
    """A line with a gap and its resolution, a carry-over and a settlement on another."""
    first, second = version.agreement.appropriations.filter(
        source="national", component__ministry="MOTIR", fiscal_year__lte=2028
    ).order_by("fiscal_year")
    acts.vote(cast, first, 800_000)
    gap = acts.propose_gap(cast, first, 50_000).pk
    acts.vote(cast, second, 1_000_000)
    acts.pay(cast, acts.granted(cast, second, 500_000), 500_000)
    return first, gap, acts.carry(cast, second, 100_000).pk, acts.report(cast, second).pk


def national_plan(cast, proposal):
    """A plan with a goal that the first component cites, and a standard."""
    plan = Plan(kind="balanced", title_ko="균형발전계획", title_en="Balanced plan")
    plan.issuer, plan.first_year, plan.last_year = cast.committee, 2025, 2030

    def add_rows(record):
        goal = Goal.objects.create(plan=record, title_ko="분권", title_en="Decentralisation")
        facility = {"facility_ko": "도서관", "facility_en": "Library"}
        Standard.objects.create(plan=record, mode="walk", minutes=10, **facility)
        proposal.components.order_by("pk").first().goals.add(goal)

    return PLAN.perform("enter", plan, actor=cast["coordinator"], parts=add_rows).pk


@pytest.mark.parametrize(("language", "title"), [("ko", "나의 업무"), ("en", "My work")])
def test_sign_in_by_the_form(chromium, live_server, cast, language, title):
    page = chromium.new_context().new_page()
    page.goto(f"{live_server.url}/account/login/")
    page.click(f"button[name=language][value={language}]")
    page.fill("input[name=login]", "drafter@example.org")
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("main button")

    assert title in page.inner_text("h1")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_fit_and_are_accessible(chromium, axe, live_server, addresses, language):
    wrong, requested = [], set()
    for who, pages in addresses.items():
        page = sign_in(chromium, live_server, f"{who}@example.org", language)
        page.on("request", lambda request: requested.add(request.url))
        for address in in_turn(pages, language):
            page.goto(live_server.url + address)
            wrong += [(address, *finding) for finding in findings(page, axe)]
            wrong += [(address, width) for width in too_wide(page)]
        page.context.close()

    assert wrong == []
    assert [url for url in requested if not url.startswith(live_server.url)] == []


def test_a_broken_form_says_what_is_wrong_and_keeps_what_was_typed(
    chromium, live_server, addresses
):
    page = sign_in(chromium, live_server, "drafter@example.org", "ko")
    page.goto(live_server.url + addresses["drafter"][6])
    page.fill("#id_title", "새 내역사업")
    page.fill("#id_won_2027_national", "1,200.5")
    page.click("main form button.primary")

    assert "원 단위 정수가 아닙니다" in page.inner_text("#errors")
    assert page.input_value("#id_title") == "새 내역사업"
    assert page.input_value("#id_won_2027_national") == "1,200.5"


def test_sums_are_updated_while_typing(chromium, live_server, addresses):
    page = sign_in(chromium, live_server, "drafter@example.org", "ko")
    page.goto(live_server.url + addresses["drafter"][6])
    page.fill("#id_won_2027_national", "1,200,000")
    page.fill("#id_won_2028_national", "300")
    page.press("#id_won_2028_national", "Tab")

    page.locator("#grid").get_by_text("1,200,300").first.wait_for()
