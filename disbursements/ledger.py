"""The only writers of ledger entries; each is called inside a move, under its lock."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.workflow import NotNow

from .models import Balance, Entry, Stage


def balance_of(line):
    """The totals as the database keeps them now."""
    return Balance.objects.get(pk=line.pk)


def requestable(line):
    """What can still be asked for, in won: grantable, less what others ask for already."""
    waiting = line.tranches.filter(state="requested").aggregate(won=Sum("asked"))["won"] or 0
    return balance_of(line).grantable - waiting


def add(line, stage, won, *, on, by=None, evidence="", tranche=None, mends=None):
    """Write an entry; the database adds it to the totals, and we read those of a tranche back."""
    entry = Entry.objects.create(
        appropriation=line,
        stage=stage,
        won=won,
        as_of=on,
        made_by=by,
        evidence=evidence,
        tranche=tranche,
        mends=mends,
    )
    if tranche is not None:
        tranche.refresh_from_db(fields=["granted", "paid"])
    return entry


def between_one_and(most, won, sentence):
    """Refuse an amount outside 1 to ``most`` won, saying how much is possible."""
    if not 0 < won <= most:
        raise NotNow(sentence % {"most": f"{max(most, 0):,}"})


def promise(line, won, *, on, evidence=""):
    """What the agreement promises is now ``won``: the new entry first, then the old one undone.

    In this order the promise never stands below what is paid, not even for a moment.
    """
    standing = line.entries.filter(stage=Stage.AGREED, mends=None, mended_by=None).first()
    if won:
        add(line, Stage.AGREED, won, on=on, evidence=evidence)
    if standing:
        mends = {"mends": standing, "evidence": evidence}
        add(line, Stage.AGREED, -standing.won, on=on, **mends)


def vote(line, won, *, on, by, evidence):
    """Record what was voted for the year; a supplementary budget is one more vote."""
    return add(line, Stage.VOTED, won, on=on, by=by, evidence=evidence)


def request(tranche, won):
    """What is asked for must still be grantable, counting what others already ask for."""
    line = tranche.appropriation
    between_one_and(requestable(line), won, _("Between 1 and %(most)s won can be requested."))
    tranche.asked = won
    tranche.number = line.tranches.count() + 1


def grant(tranche, won, *, on, by, evidence):
    most = min(balance_of(tranche.appropriation).grantable, tranche.asked)
    between_one_and(most, won, _("Between 1 and %(most)s won can be granted."))
    line = tranche.appropriation
    return add(line, Stage.GRANTED, won, on=on, by=by, evidence=evidence, tranche=tranche)


def pay(tranche, won, *, on, by, evidence):
    between_one_and(tranche.unpaid, won, _("Between 1 and %(most)s won can be paid."))
    line = tranche.appropriation
    return add(line, Stage.PAID, won, on=on, by=by, evidence=evidence, tranche=tranche)


def execute(line, won, *, on, by, evidence):
    sentence = _("Between 1 and %(most)s won can be reported: no more than is there to spend.")
    between_one_and(balance_of(line).spendable, won, sentence)
    return add(line, Stage.EXECUTED, won, on=on, by=by, evidence=evidence)


def mend(entry, *, on, by, evidence):
    """Undo an entry by its opposite, unless something already rests on it."""
    line, balance = entry.appropriation, balance_of(entry.appropriation)
    if Entry.objects.filter(mends=entry).exists():
        raise NotNow(_("This entry has been mended already."))
    if entry.stage == Stage.VOTED:
        spare = balance.grantable if balance.national else balance.spendable
        if entry.won > spare:
            raise NotNow(_("Only %s won of this vote are not yet granted or spent.") % f"{spare:,}")
    return add(
        line,
        entry.stage,
        -entry.won,
        on=on,
        by=by,
        evidence=evidence,
        tranche=entry.tranche,
        mends=entry,
    )
