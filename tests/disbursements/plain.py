"""Check invariants of the money with plain sums of the entries, without code under test."""

from collections import Counter, defaultdict

from disbursements.ledger.ledger_check import first_difference
from disbursements.models import Appropriation, Entry, Pot, Settlement, Tranche

STAGES = (
    *(
        "agreed",
        "applied",
        "requested",
        "bill",
        "voted",
        "provisional",
        "final",
        "carried_in",
        "pooled",
    ),
    *("drawn", "granted", "revoked", "paid", "interest", "contracted", "executed"),
    *("carried_out", "lapsed", "returned"),
)
INSIDE = ("appropriation", "grant", "treasury")
ENDS = ("executed", "carried_out", "lapsed", "returned")


class Figures:
    """The sums of some entries, in won: by stage and by account."""

    def __init__(self, entries):
        self.entries = list(entries)
        self.by_stage, self.by_account, self.accident = Counter(), Counter(), Counter()
        for entry in self.entries:
            self.by_stage[entry.stage] += entry.won
            self.by_account[entry.enters] += entry.won
            self.by_account[entry.leaves] -= entry.won
            self.accident[entry.stage] += entry.won * (entry.carry_kind == "accident")

    def __getitem__(self, stage):
        return self.by_stage[stage]

    def in_account(self, account):
        return self.by_account[account]

    @property
    def granted(self):
        return self["granted"] - self["revoked"]

    @property
    def came(self):
        return self["voted"] + self["drawn"] + self["carried_in"]

    @property
    def accident_left(self):
        return self.came - self.accident["carried_in"] - self.accident["carried_out"]

    @property
    def uncovered(self):
        """Won promised and neither voted nor drawn, not counting what went into the pot."""
        return self["agreed"] + self["pooled"] - self["voted"] - self["drawn"]


def entries_of(agreement):
    entries = Entry.objects.filter(appropriation__agreement=agreement)
    return list(entries.select_related("appropriation").order_by("pk"))


def figures_of(line):
    return Figures(Entry.objects.filter(appropriation=line).order_by("pk"))


def pot_of(figures):
    return sum(each["pooled"] - each["drawn"] for each in figures.values())


def check(agreement):
    """Check every invariant of money in ``docs/invariants.md``."""
    entries = entries_of(agreement)
    by_line, by_tranche = defaultdict(list), defaultdict(list)
    for entry in entries:
        by_line[entry.appropriation_id].append(entry)
        by_tranche[entry.tranche_id].append(entry)
    lines = list(agreement.appropriations.select_related("balance").order_by("pk"))
    figures = {line: Figures(by_line[line.pk]) for line in lines}
    check_whole(agreement, entries, figures)
    for line in lines:
        check_line(line, figures[line])
        check_balance(line.balance, figures[line])
    for tranche in Tranche.objects.filter(appropriation__agreement=agreement):
        check_tranche(tranche, Figures(by_tranche[tranche.pk]))
    for row in Settlement.objects.filter(appropriation__agreement=agreement):
        check_settlement(row, Figures(by_line[row.appropriation_id]))
    check_promises(agreement, figures)
    assert first_difference() is None


def check_whole(agreement, entries, figures):
    assert sum(Figures(entries).by_account.values()) == 0
    assert len({entry.key for entry in entries}) == len(entries)
    pot = Pot.objects.filter(agreement=agreement).first()
    assert pot_of(figures) == (pot.won if pot else 0) >= 0
    on_the_way, by_pk = Counter(), {entry.pk: entry for entry in entries}
    for line, each in figures.items():
        on_the_way[line.component_id, line.source] += each["carried_out"] - each["carried_in"]
    assert not +on_the_way
    assert not -on_the_way
    for entry in entries:
        if entry.stage == "carried_in":
            check_twin(entry, by_pk[entry.twin_id])
        if entry.mends_id:
            wrong = by_pk[entry.mends_id]
            assert (entry.won, entry.stage) == (-wrong.won, wrong.stage)
            assert (entry.leaves, entry.enters) == (wrong.leaves, wrong.enters)


def check_twin(came, went):
    assert (went.stage, went.won, went.leaves) == ("carried_out", came.won, came.enters)
    assert went.carry_kind == came.carry_kind
    assert went.appropriation.fiscal_year + 1 == came.appropriation.fiscal_year


def check_line(line, figures):
    for stage in STAGES:
        assert figures[stage] >= 0, stage
    for account in INSIDE:
        assert figures.in_account(account) >= 0, account
    assert figures["paid"] <= figures.granted <= figures.came
    gone = sum(figures[stage] for stage in ENDS) + figures["pooled"]
    left = sum(figures.in_account(account) for account in INSIDE)
    assert figures.came + figures["interest"] == gone + left
    used = figures["executed"] + figures["returned"] - figures["carried_in"] - figures["interest"]
    assert used <= figures["paid" if line.is_national else "voted"]
    assert figures.accident_left >= 0
    if line.state == "settled":
        assert left == 0
    if not line.is_national:
        assert figures.in_account("appropriation") == figures.in_account("grant") == 0


def check_balance(balance, figures):
    for stage in STAGES:
        expected = figures.granted if stage == "granted" else figures[stage]
        assert getattr(balance, stage) == expected, stage
    for account in INSIDE:
        assert getattr(balance, f"in_{account}") == figures.in_account(account), account


def check_tranche(tranche, figures):
    assert (tranche.granted, tranche.paid) == (figures.granted, figures["paid"])
    assert tranche.asked >= tranche.granted >= tranche.paid >= 0
    done = {"paid": tranche.paid > 0, "revoked": tranche.paid == 0, "granted": tranche.unpaid > 0}
    assert done.get(tranche.state, not figures.entries)
    if tranche.state in ("paid", "revoked"):
        assert tranche.unpaid == 0


def check_settlement(settlement, figures):
    """After acceptance the treasury holds exactly what is to be returned; later nothing."""
    if settlement.state == "accepted":
        assert figures.in_account("treasury") == settlement.unspent + settlement.interest
    if settlement.state == "settled":
        assert figures.in_account("treasury") == 0


def check_promises(agreement, figures):
    """The amounts agreed on lines are those committed by the version in force, cell by cell."""
    version = agreement.versions.get(state="in_force")
    cells = version.commitments.values_list("component", "fiscal_year", "source", "won")
    promised = {tuple(cell): won for *cell, won in cells}
    agreed = {
        (line.component_id, line.fiscal_year, line.source): each["agreed"]
        for line, each in figures.items()
        if each["agreed"]
    }
    assert agreed == promised


def lines_in_order(agreement):
    return Appropriation.objects.filter(agreement=agreement).order_by("fiscal_year", "pk")
