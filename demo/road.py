"""Takes demo agreements through votes, tranches, payments and execution of their money."""

from datetime import date

from accounts.models import Role
from disbursements.bank.workflow import BANK_ACCOUNT
from disbursements.models import BankAccount, GapResolution, Tranche
from disbursements.workflow import APPROPRIATION, GAP_RESOLUTION, TRANCHE
from foundation.time import clock

from .agreement_road import AgreementRoad


class Road(AgreementRoad):
    """All steps: what is agreed is voted, requested, granted, paid and spent."""

    def vote(self, line, won, key):
        officer = self.cast.of(line.payer, Role.FINANCE)
        facts = {"won": won, "as_of": clock.today(), "evidence": "예산서 (예시)"}
        APPROPRIATION.perform("vote", line, actor=officer, key=key, **facts)

    def account(self, body):
        """Request and confirm a recipient's bank account; the number is invented."""
        account = BankAccount(organisation=body, bank="011", number="301-0000-0000-01")
        account.holder = f"{body} 금고 (예시)"[:50]
        officer, chief = self.cast.of(body, Role.FINANCE), self.cast.of(body, Role.APPROVER)
        account = BANK_ACCOUNT.perform("request", account, actor=officer)
        BANK_ACCOUNT.perform("confirm", account, actor=chief)

    def figure(self, line, stage, won):
        officer = self.cast.of(line.payer, Role.FINANCE)
        facts = {"won": won, "as_of": clock.today(), "evidence": "예산요구서 (예시)"}
        key = f"demo-{stage}-{line.pk}"
        APPROPRIATION.perform("record", line, actor=officer, key=key, stage=stage, **facts)

    def propose_gap(self, line, won):
        officer = self.cast.of(line.payer, Role.FINANCE)
        resolution = GapResolution(appropriation=line, way="supplementary", won=won)
        resolution.until = date(line.fiscal_year + 1, 6, 30)
        resolution.reason = "다음 추가경정예산에 반영한다. (예시)"
        return GAP_RESOLUTION.perform("propose", resolution, actor=officer)

    def accept_gap(self, resolution):
        mayor = self.cast.of(resolution.appropriation.recipient, Role.APPROVER)
        return GAP_RESOLUTION.perform("accept", resolution, actor=mayor)

    def request(self, line, won):
        officer = self.cast.of(line.recipient, Role.FINANCE)
        given = {"won": won, "purpose": "1차 공사비와 용역비 (예시)"}
        tranche, key = Tranche(appropriation=line), f"demo-request-{line.pk}"
        return TRANCHE.perform("request", tranche, actor=officer, key=key, **given)

    def grant(self, tranche, won):
        self.money(tranche, "grant", won, second=False)

    def pay(self, tranche, won):
        self.money(tranche, "pay", won, second=True)

    def money(self, tranche, move, won, *, second):
        payer = tranche.appropriation.payer
        officer = self.cast.of(payer, Role.FINANCE, second=second)
        facts = {"won": won, "as_of": clock.today(), "evidence": "공문 (예시)"}
        key = f"demo-{move}-{tranche.pk}"
        TRANCHE.perform(move, tranche, actor=officer, key=key, **facts)

    def execute(self, line, won):
        officer = self.cast.of(line.recipient, Role.FINANCE)
        facts = {"won": won, "as_of": clock.today(), "evidence": "e호조 (예시)"}
        key = f"demo-execute-{line.pk}"
        APPROPRIATION.perform("execute", line, actor=officer, key=key, **facts)
