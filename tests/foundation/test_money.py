import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.money import in_unit, percent, split


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any))
def test_split_loses_no_won(total, weights):
    shares = split(total, weights)

    assert sum(shares) == total
    assert all(
        abs(share - total * weight / sum(weights)) < 1 or total > 10**14
        for share, weight in zip(shares, weights, strict=True)
    )


def test_split_gives_the_left_over_to_the_largest_remainders():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(10_000_000_000, [3, 3, 4, 1]) == [2727272727, 2727272727, 3636363637, 909090909]


@pytest.mark.parametrize(
    ("won", "unit", "shown"),
    [
        (1_499_999, "million", 1),
        (1_500_000, "million", 2),
        (-1_500_000, "million", -2),
        (6_370_000_000, "hundred_million", 64),
    ],
)
def test_units_round_half_up(won, unit, shown):
    assert in_unit(won, unit) == shown


def test_percent():
    assert percent(455, 910) == "50.0"
    assert percent(2, 3) == "66.7"
    assert percent(1, 0) == ""
