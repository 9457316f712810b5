"""Leads demo files along the main road, each move by its own person on its own day."""

from functools import partial

from accounts.models import Role
from disbursements import ledger
from disbursements.models import Tranche
from disbursements.workflow import APPROPRIATION, TRANCHE
from foundation import clock

from .agreement_road import AgreementRoad


class Road(AgreementRoad):
    """The whole of it: what is agreed is voted, requested, granted, paid and spent."""

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
