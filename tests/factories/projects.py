"""Calls and proposals, reviews, rounds and sessions."""

from datetime import date

from projects.budget.forms import write_lines
from projects.coordination.effective_amounts import lines_of
from projects.models import (
    AgendaItem,
    BudgetLine,
    Call,
    Ceiling,
    Comment,
    Component,
    Condition,
    Issue,
    IssueOption,
    IssueSide,
    Proposal,
    Question,
    Round,
    Session,
    SessionMember,
    SupportedLine,
    write_proposed,
)
from projects.workflow import (
    CALL,
    CEILING,
    COMMENT,
    CONDITION,
    ISSUE,
    POSITION,
    PROPOSAL,
    QUESTION,
    REVIEW,
    ROUND,
    SESSION,
)

from ..prepared import prepared
from .accounts import deputy, signer


@prepared
def call(cast, **rules):
    """An open call of the coordinator's, for three years from 2027."""
    values = {
        "title_ko": "2027년 지역발전투자협약 공모",
        "title_en": "Call of 2027",
        "opens_on": date(2026, 1, 1),
        "closes_on": date(2027, 12, 31),
        "first_fiscal_year": 2027,
        "national_ceiling": 10_000_000_000,
    } | rules
    prepared = CALL.perform("prepare", Call(**values), actor=cast["coordinator"])
    return CALL.perform("open", prepared, actor=cast["coordinator"])


@prepared
def proposal(cast, call, *, title="헬스케어 힐링 융합 비즈니스 생태계", **values):
    """A draft of Gangneung's for three years, without components."""
    row = Proposal(
        call=call,
        applicant=cast.gangneung,
        title=title,
        purpose="건강과 쉼을 잇는 산업을 키운다.",
        first_year=2027,
        last_year=2029,
        **values,
    )

    def add_partner(record):
        record.partners.add(cast.gangwon)

    return PROPOSAL.perform("begin", row, actor=cast["drafter"], parts=add_partner)


AMOUNTS = {
    (year, source): won
    for year in (2027, 2028, 2029)
    for source, won in (("national", 1_000_000), ("provincial", 300_000), ("municipal", 700_000))
}


@prepared
def component(cast, proposal, ministry, *, title="", amounts=None):
    """A component written by the move ``revise``; by default two million won a year."""
    made = Component(proposal=proposal, title=title or f"{ministry.pk} 내역사업", ministry=ministry)

    def write(record):
        made.save()
        write_lines(BudgetLine, {"component": made}, AMOUNTS if amounts is None else amounts)

    PROPOSAL.perform("revise", proposal, actor=cast["drafter"], parts=write)
    return made


@prepared
def complete_proposal(cast, call, **values):
    """A draft with a component of each of the two ministries."""
    row = proposal(cast, call, **values)
    component(cast, row, cast.motir)
    component(cast, row, cast.mcst)
    return row


@prepared
def submitted(cast, call, **values):
    row = complete_proposal(cast, call, **values)
    return PROPOSAL.perform("submit", row, actor=cast["approver"])


@prepared
def answer(cast, review, kind="accept", *, amounts=None, points=(), confirm=True):
    """The review's ministry answers, and confirms the answer unless ``confirm`` is false.

    ``amounts`` are supported, in won, by default what was asked for; ``points`` are the marks by
    the criteria of the call, in their order.
    """
    who = review.ministry_id.lower()
    asked = {(x.fiscal_year, x.source): x.won for x in review.component.lines.all()}

    def write(record):
        record.answer, record.reason = kind, "검토하였다."
        record.conditions.all().delete()
        if kind == "conditions":
            condition(record)
        supports = {} if kind in ("decline", "not_ours") else amounts or asked
        write_lines(SupportedLine, {"review": record}, supports)
        record.marks.all().delete()
        for criterion, given in zip(record.proposal.call.criteria.order_by("pk"), points):  # noqa: B905 -- fewer marks than criteria are a case to test
            record.marks.create(criterion=criterion, points=given)

    review = REVIEW.perform("answer", review, actor=cast[f"{who}_reviewer"], change=write)
    if confirm:
        review = REVIEW.perform("confirm", review, actor=cast[f"{who}_approver"])
    return review


def condition(review, text="국비 지원 전에 부지를 확보할 것", *, owner=None, due_on=None):
    """A condition of a prepared answer; by default the applicant's, due at the end of 2099."""
    return Condition.objects.create(
        proposal=review.proposal,
        review=review,
        text=text,
        owner=owner or review.proposal.applicant,
        due_on=due_on or date(2099, 12, 31),
    )


@prepared
def conditioned(cast, call, **values):
    """All ministries have answered; the first accepts on one condition."""
    row = submitted(cast, call, **values)
    for review in row.reviews.order_by("pk"):
        answer(cast, review, "conditions" if review.ministry_id == "MOTIR" else "accept")
    row.refresh_from_db()
    return row


@prepared
def fulfil(cast, condition, text="부지를 매입하였습니다."):
    given = {"answer": text, "paper": None}
    return CONDITION.perform("fulfil", condition, actor=cast["drafter"], **given)


@prepared
def screened(cast, call, **values):
    """In screening by the province; the call lets each province recommend two proposals."""
    Call.objects.filter(pk=call.pk).update(province_quota=2, screening_days=5)
    call.refresh_from_db()
    return submitted(cast, call, **values)


@prepared
def question(cast, review, text="운영비의 산출 근거는 무엇입니까?"):
    """The review's ministry asks about its component; the answer is due at the end of 2099."""
    row = Question(
        proposal=review.proposal,
        review=review,
        about=f"component-{review.component_id}",
        text=text,
        due_on=date(2099, 12, 31),
    )
    return QUESTION.perform("ask", row, actor=cast[f"{review.ministry_id.lower()}_reviewer"])


@prepared
def questioned(cast, call, **values):
    row = submitted(cast, call, **values)
    question(cast, row.reviews.get(ministry="MOTIR"))
    return row


@prepared
def issue(cast, proposal, *, sides=("MOTIR", "gangwon-gangneung"), **values):
    """The coordinator raises an issue with two options; positions are due at the end of 2099."""
    given = {
        "title": "운영비 분담",
        "text": "준공 뒤의 운영비를 누가 부담하는가.",
        "about": f"component-{proposal.components.first().pk}",
        "due_on": date(2099, 12, 31),
    }
    row = Issue(proposal=proposal, **given | values)

    def write(record):
        for text in ("지방비로 부담한다.", "국비로 절반을 부담한다."):
            IssueOption.objects.create(issue=record, text=text)
        for side in sides:
            IssueSide.objects.create(issue=record, organisation_id=side)

    return ISSUE.perform("raise", row, actor=cast["coordinator"], parts=write)


@prepared
def disputed(cast, call, **values):
    row = submitted(cast, call, **values)
    issue(cast, row)
    return row


@prepared
def session(cast, call, *proposals, held_on=date(2026, 1, 15), **values):
    """The coordinator plans a committee session on proposals, with a chair and a member."""
    row = Session(call=call, kind="committee", held_on=held_on, place="세종", **values)

    def write(record):
        for proposal in proposals:
            AgendaItem.objects.create(session=record, proposal=proposal)
        for name, role in (("김위원", "chair"), ("이위원", "member")):
            SessionMember.objects.create(
                session=record, name=name, affiliation="한국지방행정연구원", role=role
            )

    return SESSION.perform("plan", row, actor=cast["coordinator"], parts=write)


@prepared
def record_session(cast, session, *, outcome="approved"):
    """Record a session without its form: every member attended, one result for all items."""

    def write(record):
        record.minutes, record.minutes_name = "minutes/x", "회의록.pdf"
        record.minutes_size, record.minutes_sha256 = 1, "0" * 64

    def write_results(record):
        record.items.update(outcome=outcome)
        record.members.update(attended=True)

    return SESSION.perform(
        "hold", session, actor=cast["coordinator"], change=write, parts=write_results
    )


@prepared
def judged(cast, call, **values):
    row = reviewed(cast, call, **values)
    record_session(cast, session(cast, call, row))


@prepared
def comment(cast, review, text="단가가 높다.", *, about=""):
    """A comment of the review's ministry, by default on its component."""
    about = about or f"component-{review.component_id}"
    row = Comment(proposal=review.proposal, review=review, about=about, text=text)
    return COMMENT.perform("write", row, actor=cast[f"{review.ministry_id.lower()}_reviewer"])


@prepared
def commented(cast, call, **values):
    row = submitted(cast, call, **values)
    comment(cast, row.reviews.get(ministry="MOTIR"))
    return row


@prepared
def with_deputies(cast, call, **values):
    """In review, while a reviewer, a drafter and a coordinator are away and have deputies."""
    deputy(cast, "motir_reviewer", "motir_finance")
    deputy(cast, "drafter", "finance", by="approver")
    deputy(cast, "coordinator", "second_coordinator", by="coordinator")
    return submitted(cast, call, **values)


def criteria(call, *weights):
    """Criteria of a call with these weights in percent: 기준 1, 기준 2 …"""
    return [
        call.criteria.create(title_ko=f"기준 {n}", title_en=f"Criterion {n}", weight=weight)
        for n, weight in enumerate(weights, start=1)
    ]


@prepared
def ceiling(cast, ministry, year, won):
    row = Ceiling(ministry=ministry, fiscal_year=year, won=won)
    return CEILING.perform("set", row, actor=cast["budget"])


@prepared
def reviewed(cast, call, **values):
    row = submitted(cast, call, **values)
    for review in row.reviews.order_by("pk"):
        answer(cast, review)
    row.refresh_from_db()
    return row


@prepared
def round_of(cast, proposal, *, change=lambda line: line.won, who="coordinator", due_on=None):
    """A round with the effective amounts as ``change`` changes them; due at the end of 2099."""

    def explain(record):
        record.explanation, record.due_on = (
            "재원 여건에 맞추어 조정한다.",
            due_on or date(2099, 12, 31),
        )

    def write(record):
        lines = [line._replace(won=change(line)) for line in lines_of(proposal)]
        write_proposed(record, lines)

    row = Round(proposal=proposal)
    return ROUND.perform("propose", row, actor=cast[who], change=explain, parts=write)


@prepared
def take(cast, round, organisation, move="accept", reason="지방비 확보가 어렵다."):
    """A party accepts a round, or objects to it with ``reason``."""
    position = round.positions.get(organisation=organisation)

    note = reason if move == "object" else ""

    def write(record):
        record.reason = note

    return POSITION.perform(move, position, actor=signer(cast, position), note=note, change=write)


@prepared
def proposed(cast, call, **values):
    """A round about which every party is asked: both ministries and the applicant."""
    return round_of(cast, reviewed(cast, call, **values))


@prepared
def coordinated(cast, call, **values):
    """A round that every party accepted: the effective amounts are half of what was supported."""
    made = round_of(cast, reviewed(cast, call, **values), change=lambda line: line.won // 2)
    for organisation in ("MOTIR", "MCST", "gangwon-gangneung"):
        take(cast, made, organisation)
    return Round.objects.get(pk=made.pk)


@prepared
def selected(cast, call, **values):
    row = reviewed(cast, call, **values)

    return PROPOSAL.perform("select", row, actor=cast["coordinator"], lead_ministry=cast.motir)
