"""Issues, visits and sessions of the demo; positions, members and results are invented."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role
from foundation.printing import documents as paper
from foundation.printing import typeset
from foundation.time import clock
from foundation.time.calendar import add_working_days
from projects.models import AgendaItem, Issue, IssueOption, IssueSide, Session, SessionMember
from projects.sessions.forms import SESSION_FORMS
from projects.workflow import ISSUE, ISSUE_SIDE, SESSION

from .cast import body
from .plan_road import morning

TEMPLATE = "foundation/typst/document.typ"
MEMBERS = (
    ("김정우 (예시)", "한국지방행정연구원", "chair"),
    ("이수민 (예시)", "국토연구원", "member"),
    ("박서진 (예시)", "한국문화관광연구원", "member"),
)
RESULTS = {"selected": "approved", "reserve": "deferred", "not_selected": "rejected"}
OPTIONS = ("운영비 전액을 지방비로 부담한다. (예시)", "처음 2년만 국비로 절반을 부담한다. (예시)")


def dispute(road, proposal, *, decided=False):
    """An issue between ministry and applicant on the running costs, decided or not."""
    ministry = proposal.components.order_by("pk").first().ministry
    with road.on(4):
        issue = raise_issue(road, proposal, ministry)
    with road.on(3):
        text = "준공 뒤의 운영비는 지방자치단체가 부담하는 것이 원칙이다. (예시)"
        state(issue, ministry, road.cast.of(ministry, Role.REVIEWER), text, 0)
    if decided:
        with road.on(2):
            text = "재정자립도를 고려하여 초기 운영비의 국비 지원이 필요하다. (예시)"
            state(issue, proposal.applicant, road.local(Role.APPROVER), text, 1)
        with road.on(1):
            decide(issue, road.cast.of(body("PCDBD"), Role.COORDINATOR, second=True))


def raise_issue(road, proposal, ministry):
    def write(record):
        IssueOption.objects.bulk_create(IssueOption(issue=record, text=text) for text in OPTIONS)
        for side in (ministry, proposal.applicant):
            IssueSide.objects.create(issue=record, organisation=side)

    issue = Issue(
        proposal=proposal,
        title="준공 뒤 운영비 분담 (예시)",
        text="시설이 준공된 뒤의 운영비를 누가 얼마나 부담할지 의견이 다르다. (예시)",
        about=f"component-{proposal.components.order_by('pk').first().pk}",
        due_on=add_working_days(clock.today(), 5),
    )
    return ISSUE.perform("raise", issue, actor=road.coordinator, parts=write)


def state(issue, organisation, actor, text, option):
    def write(record):
        record.position = text
        record.favours = issue.options.order_by("pk")[option]

    ISSUE_SIDE.perform(
        "state", issue.sides.get(organisation=organisation), actor=actor, change=write
    )


def decide(issue, actor):
    reason = "준공 초기의 부담을 덜되, 이후의 운영은 지방의 사무이다. (예시)"

    def write(record):
        record.chosen = record.options.order_by("pk")[1]
        record.decision, record.reason = (
            "처음 2년의 운영비는 국비로 절반을 지원한다. (예시)",
            reason,
        )
        record.changed = record.about

    ISSUE.perform("decide", issue, actor=actor, note=reason, change=write)


def judge(call, coordinator):
    """Hold a visit and a committee session on decided proposals, and plan two more sessions."""
    decided = list(call.proposals.filter(state__in=RESULTS).order_by("pk"))
    reviewed = list(call.proposals.filter(state="reviewed").order_by("pk"))
    for kind, days_ago, proposals in (
        ("visit", 27, decided[:2]),
        ("committee", 26, decided),
    ):
        with morning(days_ago):
            session = plan(call, coordinator, kind, clock.today(), proposals)
        with morning(days_ago - 1):
            record(session, coordinator)
    with morning(6):
        plan(call, coordinator, "visit", add_working_days(clock.today(), 4), reviewed)
        plan(call, coordinator, "presentation", add_working_days(clock.today(), 10), reviewed)


def plan(call, coordinator, kind, day, proposals):
    def write(record):
        for proposal in proposals:
            AgendaItem.objects.create(session=record, proposal=proposal)
        for name, affiliation, role in MEMBERS:
            facts = {"name": name, "affiliation": affiliation, "role": role}
            SessionMember.objects.create(session=record, **facts)

    session = Session(call=call, kind=kind, held_on=day, place="정부세종청사 (예시)")
    return SESSION.perform("plan", session, actor=coordinator, parts=write)


def record(session, coordinator):
    """Record a session through the form of its page, with minutes as a PDF file."""
    items = list(session.items.select_related("proposal").order_by("pk"))
    sent = {f"outcome_{item.pk}": RESULTS[item.proposal.state] for item in items}
    sent |= {f"remark_{item.pk}": "운영 단계의 재원을 보완할 것 (예시)" for item in items[:1]}
    sent |= {"present": [member.pk for member in session.members.order_by("pk")[:2]]}
    file = SimpleUploadedFile("회의록 (예시).pdf", minutes(session, items))
    act = {"record": session, "move": SESSION["hold"], "actor": coordinator}
    form = SESSION_FORMS["hold"](sent, files={"file": file}, **act)
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    form.perform(SESSION)


def minutes(session, items):
    """Invented minutes as a PDF."""
    heads = dict.fromkeys(("running", "title"), f"{session} 회의록")
    heads |= {"sort": "회의록", "author": "지방시대위원회", "mark": "예시", "house": "예시"}
    heads |= {"draft": False, "warning": "", "contents": "차례"}
    facts = paper.facts(("일자", session.held_on), ("장소", session.place))["rows"]
    parts = [paper.part("안건", paper.text("\n".join(item.proposal.title for item in items)))]
    return typeset.pdf(TEMPLATE, heads | {"facts": facts, "parts": parts}, language="ko")
