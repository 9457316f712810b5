"""The only functions that write ledger entries; called inside a move, under its lock."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.engine.workflow import NotNow

from .models import FIGURES, Account, Balance, CarryKind, Entry, Pot, Stage, road_of


def balance_of(line):
    """The current totals of a line, read from the database."""
    return Balance.objects.get(pk=line.pk)


def pot_of(agreement):
    """The money in the pot of an agreement, in won."""
    return Pot.objects.filter(pk=agreement.pk).values_list("won", flat=True).first() or 0


def requestable(line):
    """Won that can still be requested: grantable, less what is requested already.

    The first tranche is limited to the percentage of the year's funds that the call sets.
    """
    waiting = line.tranches.filter(state="requested").aggregate(won=Sum("asked"))["won"] or 0
    balance = balance_of(line)
    most = balance.grantable - waiting
    percent = line.agreement.proposal.call.first_tranche_percent
    if percent is None or line.tranches.exclude(state__in=["refused", "revoked"]).exists():
        return most
    return min(most, balance.available * percent // 100)


def add(line, stage, won, *, on, by=None, evidence="", key="", account=None, **facts):
    """Write an entry of ``won``; the database adds it to the totals of its line and tranche.

    ``key`` is that of the move: together with the line and the stage it is unique, so that the
    entry counts once.
    """
    leaves, enters = road_of(stage, national=line.is_national, account=account)
    return write(
        line, stage, won, leaves, enters, on=on, by=by, evidence=evidence, key=key, **facts
    )


def write(line, stage, won, leaves, enters, *, on, by, evidence, key, tranche=None, **facts):
    entry = Entry.objects.create(
        appropriation=line,
        stage=stage,
        won=won,
        leaves=leaves,
        enters=enters,
        as_of=on,
        made_by=by,
        evidence=evidence,
        tranche=tranche,
        key=key_of(line, stage, by, key, facts.get("mends")),
        **facts,
    )
    if tranche is not None:
        tranche.refresh_from_db(fields=["granted", "paid"])
    return entry


def key_of(line, stage, by, key, mends):
    """The unique key of an entry: the move's key with line and stage, or else a number."""
    if not key:
        return f"line:{line.pk}:{balance_of(line).entries + 1}"
    person = f"{by.pk}:" if by else ""
    return f"{person}{key}/{line.pk}/{Stage(stage).value}{'/mends' if mends else ''}"


def between_one_and(most, won, sentence):
    """Raise NotNow with ``sentence`` for an amount outside 1 to ``most`` won."""
    if not 0 < won <= most:
        raise NotNow(sentence % {"most": f"{max(most, 0):,}"})


def opposite(entry, *, on, by=None, evidence="", key=""):
    """Write the exact opposite of an entry."""
    return write(
        entry.appropriation,
        entry.stage,
        -entry.won,
        entry.leaves,
        entry.enters,
        on=on,
        by=by,
        evidence=evidence,
        key=key,
        tranche=entry.tranche,
        carry_kind=entry.carry_kind,
        mends=entry,
    )


def current_figure(line, stage):
    """The current entry of a stage whose figures replace one another, or None."""
    return line.entries.filter(stage=stage, mends=None, mended_by=None).first()


def replace_figure(line, stage, won, *, zero_counts=True, **facts):
    """Set a figure to ``won``: write the new entry first, then the opposite of the old one.

    In this order the promise is never below what is paid, not even for a moment.
    """
    old = current_figure(line, stage)
    new = add(line, stage, won, **facts) if won or zero_counts else None
    if old:
        opposite(old, **facts)
    return new


def promise(line, won, *, on, evidence=""):
    """Set what the agreement promises to ``won``."""
    key = f"promise:{evidence}" if evidence else ""
    replace_figure(line, Stage.AGREED, won, zero_counts=False, on=on, evidence=evidence, key=key)


def record(line, stage, won, **facts):
    """Record a figure of the budget process, or the total under contract, in won."""
    if stage not in FIGURES[1:]:
        raise ValueError(stage)
    return replace_figure(line, stage, won, zero_counts=stage != Stage.CONTRACTED, **facts)


def vote(line, won, *, on, by, evidence, key=""):
    """Record what was voted for the year; a supplementary budget is one more vote."""
    return add(line, Stage.VOTED, won, on=on, by=by, evidence=evidence, key=key)


def request(tranche, won):
    """Set the won that a tranche requests; raises NotNow for more than ``requestable``."""
    line = tranche.appropriation
    between_one_and(requestable(line), won, _("Between 1 and %(most)s won can be requested."))
    tranche.asked = won
    tranche.number = line.tranches.count() + 1


def grant(tranche, won, **facts):
    line = tranche.appropriation
    most = min(balance_of(line).grantable, tranche.asked)
    between_one_and(most, won, _("Between 1 and %(most)s won can be granted."))
    return add(line, Stage.GRANTED, won, tranche=tranche, **facts)


def pay(tranche, won, **facts):
    between_one_and(tranche.unpaid, won, _("Between 1 and %(most)s won can be paid."))
    return add(tranche.appropriation, Stage.PAID, won, tranche=tranche, **facts)


def revoke(tranche, **facts):
    """Return the unpaid won of a grant to the appropriation (교부결정 취소)."""
    between_one_and(tranche.unpaid, tranche.unpaid, _("Nothing of this grant is unpaid."))
    return add(tranche.appropriation, Stage.REVOKED, tranche.unpaid, tranche=tranche, **facts)


def execute(line, won, **facts):
    """Report the won spent since the last report, up to the day ``on``; 0 is allowed."""
    spendable = balance_of(line).spendable
    if not spendable or not 0 <= won <= spendable:
        sentence = _("At most %(most)s won can be reported: no more than is there to spend.")
        raise NotNow(sentence % {"most": f"{max(spendable, 0):,}"})
    return add(line, Stage.EXECUTED, won, **facts)


def lapse(line, won, **facts):
    """Let voted won lapse that are not granted (of local funds: not spent)."""
    balance = balance_of(line)
    most = balance.in_appropriation if balance.national else balance.in_treasury
    between_one_and(most, won, _("Between 1 and %(most)s won can lapse."))
    return add(line, Stage.LAPSED, won, **facts)


def carry_out(line, won, *, kind, account, **facts):
    """Carry won out of this year's line, on the way into the next year."""
    most = getattr(balance_of(line), f"in_{Account(account).value}")
    between_one_and(most, won, _("Between 1 and %(most)s won can be carried over."))
    if kind == CarryKind.ACCIDENT:
        sentence = _(
            "At most %(most)s won can be carried over by accident: "
            "what came in that way is not carried so again."
        )
        between_one_and(accident_left(line), won, sentence)
    return add(line, Stage.CARRIED_OUT, won, account=account, carry_kind=kind, **facts)


def carry_in(line, out, *, kind, account, **facts):
    """Carry into the next year's line what the entry ``out`` carried out."""
    facts |= {"account": account, "carry_kind": kind, "twin": out}
    return add(line, Stage.CARRIED_IN, out.won, **facts)


def accident_left(line):
    """Won that can still be carried over by accident: not what was itself carried in so."""
    b = balance_of(line)
    return b.voted + b.drawn + b.carried_in - b.accident_in - b.accident_out


def pool(line, **facts):
    """Put the ungranted won of a line that is no longer promised into the agreement's pot."""
    if won := balance_of(line).in_appropriation:
        add(line, Stage.POOLED, won, **facts)


def draw(line, won, **facts):
    """Move won from the agreement's pot to a line, up to what is promised on it."""
    balance = balance_of(line)
    open_promise = balance.agreed + balance.pooled - balance.voted - balance.drawn
    most = min(pot_of(line.agreement), open_promise)
    between_one_and(most, won, _("Between 1 and %(most)s won can be drawn from the pot."))
    return add(line, Stage.DRAWN, won, **facts)


def earn(line, won, **facts):
    """Record the interest, in won, that the money earned in the local treasury."""
    return add(line, Stage.INTEREST, won, **facts)


def give_back(line, won, **facts):
    between_one_and(
        balance_of(line).in_treasury, won, _("Between 1 and %(most)s won can be returned.")
    )
    return add(line, Stage.RETURNED, won, **facts)


def correct(entry, *, on, by, evidence, key=""):
    """Correct an entry by its opposite; raises NotNow if its money is already used."""
    if Entry.objects.filter(mends=entry).exists():
        raise NotNow(_("This entry has been corrected already."))
    spare = spare_of(entry)
    if spare is not None and entry.won > spare:
        if entry.stage == Stage.VOTED:
            raise NotNow(_("Only %s won of this vote are not yet granted or spent.") % f"{spare:,}")
        raise NotNow(_("Only %s won of this entry are still where it put them.") % f"{spare:,}")
    return opposite(entry, on=on, by=by, evidence=evidence, key=key)


def spare_of(entry):
    """Won still in the account that the entry filled; None for accounts outside the line.

    For a vote, won that were carried over by accident are deducted too.
    """
    spare = getattr(balance_of(entry.appropriation), f"in_{entry.enters}", None)
    return min(spare, accident_left(entry.appropriation)) if entry.stage == Stage.VOTED else spare
