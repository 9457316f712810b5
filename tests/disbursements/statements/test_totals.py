"""Sums of balances are plain values."""

from types import SimpleNamespace

from disbursements.statements.totals import by_year


def line(year, *, national=True, **totals):
    values = dict.fromkeys(("agreed", "voted", "granted", "paid", "executed"), 0)
    values |= {"gap": None, "national": national} | totals
    return SimpleNamespace(fiscal_year=year, balance=SimpleNamespace(**values))


def test_lines_are_summed_by_year_and_national_funds_apart():
    years, everything, national = by_year(
        [
            line(2028, agreed=5, voted=3, gap=-2, granted=3, paid=2, executed=1),
            line(2027, agreed=7),
            line(2028, agreed=4, voted=6, gap=2, executed=6, national=False),
        ]
    )

    assert [(year.year, len(year.lines)) for year in years] == [(2027, 1), (2028, 2)]
    assert vars(years[1].sums) == {
        "agreed": 9,
        "voted": 9,
        "granted": 3,
        "paid": 2,
        "executed": 7,
        "gap": 0,
    }
    assert (everything.agreed, national.agreed, national.executed) == (16, 12, 1)


def test_line_without_a_vote_has_no_gap():
    _years, everything, _national = by_year([line(2027, agreed=7)])

    assert everything.gap == 0


def test_no_lines_are_no_years():
    years, everything, national = by_year([])

    assert years == []
    assert everything == national
