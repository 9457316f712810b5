"""Officers who write to one line of money without pause for some time, with a tally of results."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from django.core.management import call_command
from django.db import Error, connection

from accounts.models import User
from disbursements.models import Appropriation, Tranche
from foundation.engine.workflow import NotNow
from tests.together import at_once

from . import acts, plain

PEOPLE = ("finance", "motir_finance", "motir_payer")
WRITES = {"vote": "voted", "grant": "granted", "pay": "paid", "execute": "executed"}


@dataclass
class Tally:
    """Results of the orders: done, sent twice, refused, failed in the database."""

    done: Counter = field(default_factory=Counter)
    twice: Counter = field(default_factory=Counter)
    refused: Counter = field(default_factory=Counter)
    failed: Counter = field(default_factory=Counter)
    seconds: list = field(default_factory=list)  # of each order

    def add(self, other):
        for name in ("done", "twice", "refused", "failed"):
            getattr(self, name).update(getattr(other, name))
        self.seconds += other.seconds


def cast_of_three():
    return {name: User.objects.get(email=f"{name}@example.org") for name in PEOPLE}


def newest(line, chance, state):
    rows = list(Tranche.objects.filter(appropriation=line, state=state).order_by("-pk")[:20])
    return chance.choice(rows) if rows else None


def vote(cast, line, chance, key):
    return partial(acts.vote, cast, line, chance.randint(0, 3_000_000), key=key)


def request(cast, line, chance, key):
    return partial(acts.request, cast, line, chance.randint(1, 1_000_000), key=key)


def grant(cast, line, chance, key):
    if tranche := newest(line, chance, "requested"):
        return partial(acts.grant, cast, tranche, chance.randint(1, 1_000_000), key=key)
    return None


def pay(cast, line, chance, key):
    if tranche := newest(line, chance, "granted"):
        return partial(acts.pay, cast, tranche, chance.randint(1, 600_000), key=key)
    return None


def execute(cast, line, chance, key):
    return partial(acts.execute, cast, line, chance.randint(1, 1_000_000), key=key)


def correct(cast, line, chance, key):
    entries = line.entries.filter(stage__in=["voted", "executed"], mends=None, mended_by=None)
    entries = list(entries.order_by("-pk")[:20])
    if not entries:
        return None
    entry = chance.choice(entries)
    actor = "motir_finance" if entry.stage == "voted" else "finance"
    return partial(acts.correct, cast, line, entry, actor=actor, key=key)


ORDERS = (vote, request, request, grant, grant, pay, pay, pay, execute, execute, correct)


def work(cast, line, seed, until):
    """One officer's orders until then, each on its own connection, as for a request."""
    chance, tally, number = random.Random(seed), Tally(), 0
    while time.monotonic() < until:
        number += 1
        order = chance.choice(ORDERS)
        try:
            once(order, order(cast, line, chance, f"{seed}-{number}"), chance, tally)
        finally:
            connection.close()
    return tally


def once(order, do, chance, tally):
    """Carry out an order, and now and then send the same one again."""
    begun, name = time.perf_counter(), order.__name__
    try:
        if do:
            do()
            tally.done[name] += 1
        if do and chance.random() < 0.1:
            do()
            tally.twice[name] += 1
    except NotNow:
        tally.refused[name] += 1
    except Error as error:
        tally.failed[getattr(error.__cause__, "sqlstate", "") or type(error).__name__] += 1
    tally.seconds += [time.perf_counter() - begun] if do else []


def together(line, *, writers, seconds, seed=0):
    """The tally of several officers at once, in this process."""
    cast, until = cast_of_three(), time.monotonic() + seconds
    jobs = [partial(work, cast, line, seed + number, until) for number in range(writers)]
    whole = Tally()
    for tally in at_once(*jobs):
        if isinstance(tally, Exception):
            raise tally
        whole.add(tally)
    return whole


def check(line, tally):
    """Check that no entry is lost or doubled, and that every total and the history are right."""
    line = Appropriation.objects.get(pk=line.pk)
    entries = plain.figures_of(line).entries
    written = Counter(entry.stage for entry in entries if not entry.mends_id)
    for name, stage in WRITES.items():
        assert written[stage] == tally.done[name], stage
    assert sum(1 for entry in entries if entry.mends_id) == tally.done["correct"]
    assert line.tranches.count() == tally.done["request"]
    plain.check(line.agreement)
    call_command("verify_history", verbosity=0)
