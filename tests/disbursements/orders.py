"""Orders of officers, legal or not, with the result expected from plain sums."""

from collections import namedtuple
from functools import partial

from disbursements.models import Appropriation, CarryOver, Settlement, Tranche
from tests import factories

from . import acts, plain

FIGURES = ("requested", "bill", "provisional", "final")
KINDS = ("explicit", "accident", "continuing")
SIZES = {"all": (1, 0), "half": (2, 0), "over": (1, 1)}  # most // first + second
UNDER_WAY = ("requested", "granted")

# ``fits``: it must be accepted, or else refused; ``writes``: the entries that it must write.
Order = namedtuple("Order", "fits writes do")


class Road:
    """One agreement, and which of its records an order is about."""

    def __init__(self, cast, agreement):
        self.cast, self.agreement = cast, agreement

    def line(self, number):
        """MOTIR's lines, mostly of national funds and of the first years."""
        lines = plain.lines_in_order(self.agreement).filter(component__ministry="MOTIR")
        weighed = [row for row in lines for _n in range(weight_of(row))]
        return weighed[number % len(weighed)]

    def tranche(self, number, state):
        """A tranche in the state, or now and then in any state."""
        rows = Tranche.objects.filter(appropriation__agreement=self.agreement).order_by("-pk")
        fitting = [row for row in rows if row.state == state]
        found = fitting if fitting and number % 8 else list(rows)
        return found[number % len(found)] if found else None

    def settlement(self, *states):
        return Settlement.objects.filter(state__in=states).order_by("-pk").first()

    def payer(self, line):
        return self.cast_of(line)[0]

    def decider(self, line):
        return self.cast_of(line)[1]

    def cast_of(self, line):
        return ("motir_finance", "motir_payer") if line.is_national else ("finance", "second")


def weight_of(line):
    near = {2027: 4, 2028: 2}.get(line.fiscal_year, 1)
    return {"national": near, "municipal": near // 2}.get(line.source, 0)


def won_of(size, most):
    """An amount in won: by its name relative to ``most``, or the number itself."""
    if size in SIZES:
        part, more = SIZES[size]
        return max(most, 0) // part + more
    return size


def is_settled(line):
    """Has the ministry accepted what is left of the year?"""
    states = ("accepted", "settled")
    return Settlement.objects.filter(appropriation=line, state__in=states).exists()


def is_open(line):
    return Appropriation.objects.get(pk=line.pk).state == "open"


def has_tranche_under_way(line):
    return line.tranches.filter(state__in=UNDER_WAY).exists()


def vote(road, number, size, key):
    line = road.line(number)
    won = won_of(size, 1_000_000)
    do = partial(acts.vote, road.cast, line, won, actor=road.payer(line), key=key)
    return Order(is_open(line), [("voted", won)], do)


def figure(road, number, size, key):
    line, stage = road.line(number), FIGURES[number % 4]
    won = won_of(size, 900_000)
    do = partial(acts.write, road.cast, line, "record", won, stage=stage)
    do = partial(do, actor=road.payer(line), key=key)
    return Order(is_open(line), replaced(line, stage, won), do)


def contract(road, number, size, key):
    line = road.line(number)
    won = won_of(size, 800_000)
    do = partial(acts.write, road.cast, line, "contract", won)
    do = partial(do, actor="finance", key=key)
    return Order(is_open(line) and not is_settled(line), replaced(line, "contracted", won), do)


def replaced(line, stage, won):
    """The entries expected: the new figure, then the opposite of the current one, if any."""
    entries = plain.figures_of(line).entries
    gone = {entry.mends_id for entry in entries}
    current = [e for e in entries if e.stage == stage and not e.mends_id and e.pk not in gone]
    new = [(stage, won)] if won or stage != "contracted" else []
    return new + [(stage, -entry.won) for entry in current]


def execute(road, number, size, key):
    line = road.line(number)
    most = plain.figures_of(line).in_account("treasury")
    won = won_of(size, most)
    do = partial(acts.execute, road.cast, line, won, key=key)
    return Order(
        is_open(line) and not is_settled(line) and 0 < won <= most, [("executed", won)], do
    )


def correct(road, number, size, key):
    line = road.line(number)
    entries = plain.figures_of(line).entries
    found = [e for e in entries if e.stage in ("voted", "executed") and not e.mends_id]
    if not found:
        return None
    entry = found[-1 - number // 7 % len(found)]
    actor = road.payer(line) if entry.stage == "voted" else "finance"
    do = partial(acts.correct, road.cast, line, entry, actor=actor, key=key)
    fits = entry.pk not in {each.mends_id for each in entries} and can_be_corrected(line, entry)
    return Order(is_open(line) and fits, [(entry.stage, -entry.won)], do)


def can_be_corrected(line, entry):
    if entry.stage == "executed":
        return not is_settled(line)
    figures = plain.figures_of(line)
    return entry.won <= min(figures.in_account(entry.enters), figures.accident_left)


def request(road, number, size, key):
    line = road.line(number)
    asked = sum(row.asked for row in line.tranches.filter(state="requested"))
    most = plain.figures_of(line).in_account("appropriation") - asked
    won = won_of(size, most)
    fits = line.is_national and is_open(line) and not is_settled(line) and 0 < won <= most
    return Order(fits, [], partial(acts.request, road.cast, line, won, key=key))


def grant(road, number, size, key):
    tranche = road.tranche(number, "requested")
    if tranche is None:
        return None
    line = tranche.appropriation
    most = min(tranche.asked, plain.figures_of(line).in_account("appropriation"))
    won = won_of(size, most)
    fits = tranche.state == "requested" and is_open(line) and 0 < won <= most
    return Order(fits, [("granted", won)], partial(acts.grant, road.cast, tranche, won, key=key))


def refuse(road, number, size, key):
    tranche = road.tranche(number, "requested")
    if tranche is None:
        return None
    return Order(tranche.state == "requested", [], partial(acts.refuse, road.cast, tranche))


def pay(road, number, size, key):
    tranche = road.tranche(number, "granted")
    if tranche is None:
        return None
    won = won_of(size, tranche.unpaid)
    fits = tranche.state == "granted" and is_open(tranche.appropriation)
    do = partial(acts.pay, road.cast, tranche, won, key=key)
    return Order(fits and 0 < won <= tranche.unpaid, [("paid", won)], do)


def revoke(road, number, size, key):
    tranche = road.tranche(number, "granted")
    if tranche is None:
        return None
    do = partial(acts.revoke, road.cast, tranche, key=key)
    return Order(tranche.state == "granted", [("revoked", tranche.unpaid)], do)


def lapse(road, number, size, key):
    line = road.line(number)
    most = plain.figures_of(line).in_account("appropriation" if line.is_national else "treasury")
    won = won_of(size, most)
    do = partial(acts.write, road.cast, line, "lapse", won)
    do = partial(do, actor=road.payer(line), key=key)
    return Order(line.state in ("open", "closed") and 0 < won <= most, [("lapsed", won)], do)


def carry(road, number, size, key):
    """A carry-over requested by one person and approved by another."""
    line, kind = road.line(number), KINDS[number % 3]
    account = "treasury" if number % 5 == 0 or not line.is_national else "appropriation"
    figures = plain.figures_of(line)
    left = figures.accident_left if kind == "accident" else figures.in_account(account)
    most = min(figures.in_account(account), left)
    won = max(won_of(size, most), 1)
    do = partial(acts.carried, road.cast, line, won, kind=kind, account=account)
    fits = is_open(line) and won <= most and may_be_carried(line, account)
    writes = [("carried_out", won), ("carried_in", won)]
    return Order(fits, writes, partial(do, decider=road.decider(line)))


def may_be_carried(line, account):
    rows = Appropriation.objects.filter(component=line.component_id, source=line.source)
    following = rows.filter(fiscal_year=line.fiscal_year + 1).first()
    years = [line, following] if following else [line]
    if account == "treasury" and any(is_settled(each) for each in years):
        return False
    return following is None or following.state in ("open", "closed")


def refuse_carry(road, number, size, key):
    line = road.line(number)

    def do():
        row = acts.carry(road.cast, line, 1)
        acts.decide(road.cast, row, "refuse", actor=road.decider(line), note="불요")

    return Order(True, [], do)


def report(road, number, size, key):
    line = road.line(number)
    row = Settlement.objects.filter(appropriation=line).first()
    if row is None:
        do = partial(acts.report, road.cast, line, interest=number % 3 * 617)
    elif row.state == "sent_back":
        do = partial(acts.settle, road.cast, row, "report", actor="finance")
    else:
        return None
    fits = line.is_national and line.state != "settled" and not has_tranche_under_way(line)
    return Order(fits, [], do)


def accept(road, number, size, key):
    row = road.settlement("reported")
    if row is None:
        return None
    line = row.appropriation
    fits = plain.figures_of(line).in_account("treasury") == row.unspent
    fits &= not has_tranche_under_way(line) and (line.state != "settled" or not row.interest)
    writes = [("interest", row.interest)] if row.interest else []
    return Order(fits, writes, partial(acts.settle, road.cast, row, "accept", key=key))


def send_back(road, number, size, key):
    row = road.settlement("reported")
    if row is None:
        return None
    return Order(True, [], partial(acts.settle, road.cast, row, "send_back", note="증빙"))


def receive(road, number, size, key):
    row = road.settlement("accepted")
    if row is None:
        return None
    do = partial(acts.settle, road.cast, row, "receive", key=key)
    return Order(True, [("returned", row.unspent + row.interest)], do)


def draw(road, number, size, key):
    figures = {row: plain.figures_of(row) for row in plain.lines_in_order(road.agreement)}
    national = [row for row in figures if row.is_national and row.component.ministry_id == "MOTIR"]
    wanting = max(national, key=lambda row: figures[row].uncovered)
    line = road.line(number) if number % 4 == 0 else wanting
    most = min(plain.pot_of(figures), figures[line].uncovered)
    won = won_of(size, most)
    do = partial(acts.write, road.cast, line, "draw", won)
    do = partial(do, actor=road.payer(line), key=key)
    return Order(line.is_national and is_open(line) and 0 < won <= most, [("drawn", won)], do)


def close_year(road, number, size, key):
    line = road.line(number)
    left = sum(plain.figures_of(line).in_account(account) for account in plain.INSIDE)
    waits = has_tranche_under_way(line)
    waits |= CarryOver.objects.filter(appropriation=line, state="requested").exists()
    waits |= Settlement.objects.filter(appropriation=line).exclude(state="settled").exists()
    do = partial(acts.close_year, road.cast, line, actor=road.payer(line))
    return Order(line.state in ("open", "closed") and not left and not waits, [], do)


def amend(road, number, size, key):
    """Amend a cell of the first two years to nothing, less or the same, and conclude it."""
    base = road.agreement.versions.get(state="in_force")
    cell = ("MOTIR", 2027 + number % 2, "municipal" if number % 7 == 0 else "national")

    def do():
        made = factories.next_version(road.cast, base, who="coordinator")
        made = factories.change(road.cast, made, {cell: (0, 700_000, 1_000_000)[number % 3]})
        factories.concluded(road.cast, made)

    return Order(None, None, do)


KEYED = {vote, figure, contract, execute, correct, request, grant, pay, revoke, lapse, draw}
