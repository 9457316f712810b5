"""Leads demo files along the main road, each move by its own person on its own day."""

from datetime import timedelta
from functools import partial

from django.utils.timezone import localtime

from accounts.models import Role
from agreements.models import TEXTS, Correction, Delegation
from agreements.signatures import sign_here
from agreements.workflow import AGREEMENT, CORRECTION, DELEGATION, PARTY, draft
from disbursements import ledger
from disbursements.models import Tranche
from disbursements.workflow import APPROPRIATION, TRANCHE
from foundation import clock
from foundation.calendar import add_working_days
from projects.forms import write_lines
from projects.models import BudgetLine, Component, Proposal, Question, SupportedLine
from projects.workflow import PROPOSAL, QUESTION, REVIEW

from .cast import body, region_named
from .parts import write_marks, write_parts


class Road:
    """One plan on its way. ``days_ago`` is the working day of each step, counted from now."""

    def __init__(self, cast, call, plan, coordinator, plans):
        self.cast, self.call, self.plan, self.plans = cast, call, plan, plans
        self.coordinator = coordinator
        self.applicant = region_named(plan.applicant)
        self.years = [call.first_fiscal_year + n for n in range(3)]

    def on(self, days_ago):
        """From here on it is that many working days ago, in the morning."""
        now = localtime(clock.now()).replace(hour=10, minute=30)
        back = (now.date() - add_working_days(now.date(), -days_ago)).days
        return clock.at(now - timedelta(days=back))

    def local(self, role):
        return self.cast.of(self.applicant, role)

    def write(self, *, components=None):
        """A draft with its components; ``components`` limits their number."""
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
        """Submitted, found complete, and sent to every ministry."""
        proposal = self.submit(proposal)
        return PROPOSAL.perform("accept", proposal, actor=self.coordinator)

    def keep_in_reserve(self, proposal, place):
        def write(record):
            record.reserve_place = place

        return PROPOSAL.perform("reserve", proposal, actor=self.coordinator, change=write)

    def answer(self, proposal, *, confirmed=None, answered=None):
        """Ministries answer: all and confirmed, or the first few of them only."""
        reviews = list(proposal.reviews.filter(state="waiting").order_by("pk"))
        for review in reviews[:answered]:
            self.answer_one(review)
        for review in reviews[:confirmed]:
            approver = self.cast.of(review.ministry, Role.APPROVER)
            REVIEW.perform("confirm", review, actor=approver)
        proposal.refresh_from_db()

    def answer_one(self, review):
        amounts = {(x.fiscal_year, x.source): x.won for x in review.component.lines.all()}
        asked = dict(amounts)
        if self.plan.agreed:
            place = self.plan.components.index(review.component.title)
            amounts = self.plan.grid(self.plan.agreed, self.years)[place]

        def write(record):
            record.answer = "accept" if amounts == asked else "changed"
            record.reason = "타당성과 기존 사업과의 중복 여부를 검토하였음 (예시)"

        def write_amounts(record):
            write_lines(SupportedLine, {"review": record}, amounts)
            write_marks(record)

        reviewer = self.cast.of(review.ministry, Role.REVIEWER)
        REVIEW.perform("answer", review, actor=reviewer, change=write, parts=write_amounts)

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

    def select(self, proposal):
        def name_lead(record):
            record.lead_ministry = body(self.plan.lead)

        return PROPOSAL.perform("select", proposal, actor=self.coordinator, change=name_lead)

    def draft(self, proposal):
        return draft(proposal, actor=self.coordinator)

    def circulate(self, version):
        return AGREEMENT.perform("circulate", version, actor=self.coordinator)

    def consent(self, version, most=None):
        for party in version.parties.order_by("position", "pk")[:most]:
            PARTY.perform("consent", party, actor=self.cast.of(party.organisation, Role.APPROVER))
        version.refresh_from_db()

    def resolve(self, version):
        def write(record):
            record.resolution, record.resolved_on = "심의·의결 (예시)", clock.today()

        return AGREEMENT.perform("resolve", version, actor=self.coordinator, change=write)

    def delegate(self, organisation):
        """An approver lets the second one sign, as a vice governor does."""
        row = Delegation(
            organisation=organisation,
            person=self.cast.of(organisation, Role.APPROVER, second=True),
            office="행정부지사",
            authority="사무전결규정 (예시)",
            since=clock.today(),
            until=clock.today() + timedelta(days=365),
        )
        granter = self.cast.of(organisation, Role.APPROVER)
        return DELEGATION.perform("grant", row, actor=granter)

    def correct(self, version):
        """A slip in the heading of an article, that waits for the parties."""
        article = version.articles.get(number=2)
        before = [getattr(article, name) for name in TEXTS]
        row = Correction(version=version, edition=version.edition, reason="제목의 오기 (예시)")
        after = ["협약 당사자의 역할과 책임", *before[1:]]

        def write(record):
            record.articles.create(number=2, before=before, after=after)

        return CORRECTION.perform("propose", row, actor=self.coordinator, parts=write)

    def sign(self, version, most=None):
        for party in version.parties.order_by("position", "pk")[:most]:
            signer = self.cast.of(party.organisation, Role.APPROVER)
            office = "장관 직무대리" if party.organisation.kind == "ministry" else "부단체장"
            words = {"signatory": signer.name, "office": office}
            words["authority"] = "위임전결규정 (예시)"
            write = partial(sign_here, actor=signer, **words)
            PARTY.perform("sign", party, actor=signer, parts=write)
        version.refresh_from_db()

    def vote(self, line, won, key):
        facts = {"on": clock.today(), "evidence": "예산서 (예시)"}
        officer = self.cast.of(line.payer, Role.FINANCE)
        change = partial(ledger.vote, won=won, by=officer, **facts)
        APPROPRIATION.perform("vote", line, actor=officer, change=change, key=key)

    def request(self, line, won):
        officer = self.cast.of(line.recipient, Role.FINANCE)

        def write(record):
            record.purpose = "1차 공사비와 용역비 (예시)"
            ledger.request(record, won)

        tranche = Tranche(appropriation=line)
        return TRANCHE.perform(
            "request", tranche, actor=officer, change=write, key=f"demo-request-{line.pk}"
        )

    def grant(self, tranche, won):
        self.money(tranche, "grant", ledger.grant, won, second=False)

    def pay(self, tranche, won):
        self.money(tranche, "pay", ledger.pay, won, second=True)

    def money(self, tranche, move, write, won, *, second):
        payer = tranche.appropriation.payer
        officer = self.cast.of(payer, Role.FINANCE, second=second)
        change = partial(write, won=won, on=clock.today(), by=officer, evidence="공문 (예시)")
        key = f"demo-{move}-{tranche.pk}"
        TRANCHE.perform(move, tranche, actor=officer, change=change, key=key)

    def execute(self, line, won):
        officer = self.cast.of(line.recipient, Role.FINANCE)
        facts = {"on": clock.today(), "by": officer, "evidence": "e호조 (예시)"}
        change = partial(ledger.execute, won=won, **facts)
        APPROPRIATION.perform(
            "execute", line, actor=officer, change=change, key=f"demo-execute-{line.pk}"
        )
