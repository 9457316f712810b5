"""Takes a demo proposal from its draft to the decision, each move by a person on a day."""

from datetime import timedelta
from functools import partial

from django.utils.timezone import localtime

from accounts.models import Deputy, Role
from accounts.workflow import DEPUTY
from foundation.time import clock
from foundation.time.calendar import add_working_days
from projects.budget.forms.grids import write_lines
from projects.coordination.effective_amounts import lines_of
from projects.models import (
    BudgetLine,
    Comment,
    Component,
    Condition,
    Proposal,
    Question,
    Round,
    Shortcoming,
    SupportedLine,
    write_proposed,
)
from projects.workflow import COMMENT, CONDITION, POSITION, PROPOSAL, QUESTION, REVIEW, ROUND

from .cast import body, region_named
from .parts import write_marks, write_parts


class PlanRoad:
    """The steps of one proposal. ``days_ago`` counts the working days back from today."""

    def __init__(self, cast, call, plan, coordinator, plans):
        self.cast, self.call, self.plan, self.plans = cast, call, plan, plans
        self.coordinator = coordinator
        self.applicant = region_named(plan.applicant)
        self.years = [call.first_fiscal_year + n for n in range(3)]

    def on(self, days_ago):
        """Set the clock to the morning that many working days ago."""
        return morning(days_ago)

    def local(self, role):
        return self.cast.of(self.applicant, role)

    def write(self, *, components=None):
        """Write a draft with its components; ``components`` limits their number."""
        row = Proposal(
            call=self.call,
            applicant=self.applicant,
            title=self.plan.title,
            purpose=f"{self.plan.title}: 지역이 주도하는 다년도 사업 (설명은 예시)",
            first_year=self.years[0],
            last_year=self.years[-1],
        )
        partners = {region_named(name) for name in self.plan.partners} - {self.applicant}
        drafter = self.local(Role.DRAFTER)
        proposal = PROPOSAL.perform(
            "begin", row, actor=drafter, parts=lambda record: record.partners.set(partners)
        )
        grid = self.plan.grid(self.plan.asked, self.years)
        for place, title in list(enumerate(self.plan.components))[:components]:
            add = partial(self.add_component, title, place, grid[place])
            PROPOSAL.perform("revise", proposal, actor=drafter, parts=add)
        if components is None:
            self.plans.of_region(self.applicant)
            PROPOSAL.perform("revise", proposal, actor=drafter, parts=write_parts)
            PROPOSAL.perform("revise", proposal, actor=drafter, parts=self.plans.cite)
        return proposal

    def add_component(self, title, place, amounts, proposal):
        ministry = body(self.plan.ministries[place % len(self.plan.ministries)])
        kinds = (Component.Kind.FACILITY, Component.Kind.PROGRAMME, Component.Kind.PUBLIC_SPACE)
        component = Component.objects.create(
            proposal=proposal,
            title=title,
            ministry=ministry,
            kind=kinds[place % len(kinds)],
            description="내용은 예시입니다.",
        )
        write_lines(BudgetLine, {"component": component}, amounts)

    def submit(self, proposal):
        return PROPOSAL.perform("submit", proposal, actor=self.local(Role.APPROVER))

    def ask_ministries(self, proposal):
        """Submit a proposal, accept it as complete, and send it to every ministry."""
        proposal = self.submit(proposal)
        return PROPOSAL.perform("accept", proposal, actor=self.coordinator)

    def keep_in_reserve(self, proposal, place):
        def write(record):
            record.reserve_place = place

        return PROPOSAL.perform("reserve", proposal, actor=self.coordinator, change=write)

    def answer(self, proposal, *, confirmed=None, answered=None, conditions=()):
        """Ministries answer and confirm: all of them, or the first few.

        The first accepts on ``conditions``, each with the working days to meet it.
        """
        reviews = list(proposal.reviews.filter(state="waiting").order_by("pk"))
        for review in reviews[:answered]:
            self.answer_one(review, conditions if review == reviews[0] else ())
        for review in reviews[:confirmed]:
            approver = self.cast.of(review.ministry, Role.APPROVER)
            REVIEW.perform("confirm", review, actor=approver)
        proposal.refresh_from_db()

    def answer_one(self, review, conditions=()):
        amounts = {(x.fiscal_year, x.source): x.won for x in review.component.lines.all()}
        asked = dict(amounts)
        if self.plan.agreed:
            place = self.plan.components.index(review.component.title)
            amounts = self.plan.grid(self.plan.agreed, self.years)[place]

        def write(record):
            kept = "conditions" if conditions else "accept"
            record.answer = kept if amounts == asked else "changed"
            record.reason = "타당성과 기존 사업과의 중복 여부를 검토하였음 (예시)"

        def write_amounts(record):
            write_lines(SupportedLine, {"review": record}, amounts)
            write_marks(record)
            Condition.objects.bulk_create(
                Condition(
                    proposal=record.proposal,
                    review=record,
                    text=text,
                    owner=self.applicant,
                    due_on=add_working_days(clock.today(), days),
                )
                for text, days in conditions
            )

        reviewer = self.cast.of(review.ministry, Role.REVIEWER)
        REVIEW.perform("answer", review, actor=reviewer, change=write, parts=write_amounts)

    def name_deputy(self, review):
        """Assign a review to a reviewer who is away for a week, and name a deputy."""
        ministry = review.ministry
        reviewer = self.cast.of(ministry, Role.REVIEWER)
        approver = self.cast.of(ministry, Role.APPROVER)

        def assign(record):
            record.assigned_to = reviewer

        REVIEW.perform("assign", review, actor=approver, change=assign)
        row = Deputy(organisation=ministry, role=Role.REVIEWER, absent=reviewer)
        row.deputy = self.cast.of(ministry, Role.FINANCE, second=True)
        row.since, row.until = clock.today(), add_working_days(clock.today(), 7)
        row.reason = "국외 출장 (예시)"
        DEPUTY.perform("name", row, actor=approver)

    def meet(self, condition, text):
        drafter = self.local(Role.DRAFTER)
        CONDITION.perform("fulfil", condition, actor=drafter, answer=text, paper=None)

    def settle(self, condition):
        reviewer = self.cast.of(condition.review.ministry, Role.REVIEWER)
        CONDITION.perform("settle", condition, actor=reviewer)

    def give_back(self, proposal, note, missing):
        """The coordinator returns a proposal, with what is missing in which part."""

        def write(record):
            revision = record.revisions.latest("number")
            Shortcoming.objects.bulk_create(
                Shortcoming(proposal=record, revision=revision, part=part, text=text)
                for part, text in missing.items()
            )

        PROPOSAL.perform("return", proposal, actor=self.coordinator, note=note, parts=write)

    def ask(self, review, text):
        """A question of the review's ministry about the money of its component."""
        question = Question(
            proposal=review.proposal,
            review=review,
            about=f"component-{review.component_id}",
            text=text,
            due_on=add_working_days(clock.today(), 5),
        )
        reviewer = self.cast.of(review.ministry, Role.REVIEWER)
        return QUESTION.perform("ask", question, actor=reviewer)

    def note(self, review, about, text):
        """A comment that the review's ministry keeps to itself."""
        comment = Comment(proposal=review.proposal, review=review, about=about, text=text)
        reviewer = self.cast.of(review.ministry, Role.REVIEWER)
        return COMMENT.perform("write", comment, actor=reviewer)

    def propose(self, proposal, percent):
        """Propose a round of coordination: a percentage of the effective amounts."""

        def explain(record):
            record.explanation = f"재원 여건을 고려하여 지원액의 {percent}%로 조정 (예시)"
            record.due_on = add_working_days(clock.today(), 10)

        def write(record):
            lines = lines_of(proposal)
            write_proposed(record, [x._replace(won=x.won * percent // 100) for x in lines])

        row = Round(proposal=proposal)
        return ROUND.perform("propose", row, actor=self.coordinator, change=explain, parts=write)

    def take_positions(self, round, *, objects=0, most=None):
        """Parties answer a round, the first ``objects`` of them with objections."""
        for place, position in enumerate(round.positions.order_by("pk")[:most]):
            move = "object" if place < objects else "accept"
            reason = "감액하면 3차 연도 사업을 마칠 수 없습니다. (예시)" if place < objects else ""
            approver = self.cast.of(position.organisation, Role.APPROVER)
            POSITION.perform(
                move, position, actor=approver, note=reason, change=partial(give_reason, reason)
            )

    def select(self, proposal):
        return PROPOSAL.perform(
            "select",
            proposal,
            actor=self.coordinator,
            lead_ministry=body(self.plan.lead),
            note="신청서에 적힌 주관부처로 한다. (예시)",
        )


def morning(days_ago):
    """Set the clock to half past ten, that many working days ago."""
    now = localtime(clock.now()).replace(hour=10, minute=30)
    back = (now.date() - add_working_days(now.date(), -days_ago)).days
    return clock.at(now - timedelta(days=back))


def give_reason(reason, position):
    position.reason = reason
