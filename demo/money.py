"""The money of demo agreements in force: the first year and requests for the next."""

CUT = 3  # less is voted than was agreed: a gap


def first_year(road, version):
    """Votes, tranches and execution of the first year, each line at another stage."""
    number = road.plan.no
    lines = version.agreement.appropriations.filter(fiscal_year=road.years[0])
    lines = list(lines.select_related("balance").order_by("pk"))
    with road.on(100):
        road.account(lines[0].recipient)
    for line in lines if number != 9 else lines[:-2]:
        with road.on(95):
            won = line.balance.agreed
            cut = number == CUT and line.is_national
            road.vote(line, won - won // 5 if cut else won, f"demo-vote-{line.pk}")
    voted = [line for line in lines if line.is_national and number != 9]
    for place, line in enumerate(voted):
        move_money(road, line, stage=(number + place) % 4)
    if number == CUT:
        close_gaps(road, voted)
    request_next_year(road, version)


def close_gaps(road, lines):
    """Gaps of two lines: one has an accepted resolution, the other a proposed one."""
    first, *others = lines
    with road.on(60):
        road.accept_gap(road.propose_gap(first, first.balance.agreed // 5))
    for line in others[:1]:
        with road.on(6):
            road.propose_gap(line, line.balance.agreed // 10)


def request_next_year(road, version):
    """Record the ministries' budget requests for the next year, some of them too small."""
    lines = version.agreement.appropriations.filter(fiscal_year=road.years[1], source="national")
    for line in lines.select_related("balance").order_by("pk")[:2]:
        with road.on(30):
            short = road.plan.no == CUT
            road.figure(line, "requested", line.balance.agreed * (9 if short else 10) // 10)


def move_money(road, line, *, stage):
    """Requested 30 days ago and overdue, granted, paid, or paid and half executed."""
    ask = line.balance.agreed // 2
    with road.on(30 if stage == 0 else 60 if stage > 1 else 18):
        tranche = road.request(line, ask)
    if stage == 0:
        return
    with road.on(9 if stage == 1 else 50):
        road.grant(tranche, ask)
    if stage == 1:
        return
    with road.on(40):
        road.pay(tranche, ask)
    if stage == 3:
        with road.on(20):
            road.execute(line, ask // 2)
