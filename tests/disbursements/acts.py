"""Money moved through the engine: one plain function per act."""

import uuid
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from disbursements import ledger
from disbursements.models import Appropriation, Balance, Tranche
from disbursements.workflow import APPROPRIATION, TRANCHE

DAY = date(2026, 11, 2)


def line(ministry="MOTIR", *, source="national", year=2027):
    return Appropriation.objects.get(component__ministry=ministry, source=source, fiscal_year=year)


def totals(row, *names):
    balance = Balance.objects.get(pk=row.pk)
    return tuple(getattr(balance, name) for name in names)


def facts(actor):
    return {"on": DAY, "by": actor, "evidence": "e나라도움"}


def perform(workflow, move, record, actor, write, *, key=None, request=""):
    return workflow.perform(
        move, record, actor=actor, change=write, key=key or uuid.uuid4().hex, request=request
    )


def vote(cast, row, won, *, actor="motir_finance", **options):
    def write(record):
        ledger.vote(record, won, **facts(cast[actor]))

    return perform(APPROPRIATION, "vote", row, cast[actor], write, **options)


def execute(cast, row, won, *, actor="finance", **options):
    def write(record):
        ledger.execute(record, won, **facts(cast[actor]))

    return perform(APPROPRIATION, "execute", row, cast[actor], write, **options)


def mend(cast, row, entry, *, actor="motir_finance"):
    def write(record):
        ledger.mend(entry, **facts(cast[actor]))

    move = f"mend_{'vote' if entry.stage == 'voted' else 'execution'}"
    return APPROPRIATION.perform(
        move, row, actor=cast[actor], note="잘못 적었다.", change=write, key=uuid.uuid4().hex
    )


def request(cast, row, won, *, actor="finance", **options):
    def write(record):
        ledger.request(record, won)

    tranche = Tranche(appropriation=row, purpose="1차 공사비")
    return perform(TRANCHE, "request", tranche, cast[actor], write, **options)


def grant(cast, tranche, won, *, actor="motir_finance", **options):
    def write(record):
        ledger.grant(record, won, **facts(cast[actor]))

    return perform(TRANCHE, "grant", tranche, cast[actor], write, **options)


def pay(cast, tranche, won, *, actor="motir_payer", **options):
    def write(record):
        ledger.pay(record, won, **facts(cast[actor]))

    return perform(TRANCHE, "pay", tranche, cast[actor], write, **options)


def refuse(cast, tranche, *, actor="motir_finance"):
    return TRANCHE.perform("refuse", tranche, actor=cast[actor], note="서류가 없다.")


def granted(cast, row, won):
    """A tranche of a line, asked for and granted; the money must be voted."""
    return grant(cast, request(cast, row, won), won)


@contextmanager
def undone():
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_triggers():
    """What is left of the protection when even the triggers are passed by: the constraints."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
