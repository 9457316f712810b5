from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from foundation.templatetags import display


def test_moment_is_on_the_clock_in_korea():
    moment = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)

    assert display.moment(moment) == "2026. 11. 25. 00:30"
    with translation.override("en"):
        assert display.moment(moment) == "Nov. 25, 2026, 00:30"


@pytest.mark.parametrize(
    ("days", "korean", "english"),
    [
        (0, "오늘", "today"),
        (1, "1근무일 남음", "1 working day left"),
        (7, "7근무일 남음", "7 working days left"),
        (-1, "1근무일 지남", "1 working day late"),
        (None, "", ""),
    ],
)
def test_days_left_as_text(days, korean, english):
    assert display.days_left(days) == korean
    with translation.override("en"):
        assert display.days_left(days) == english


def test_weekday_is_one_letter_in_korean():
    assert display.day(date(2026, 11, 24)) == "2026. 11. 24. (화)"
    with translation.override("en"):
        assert display.day(date(2026, 11, 24)) == "Nov. 24, 2026 (Tue)"


@pytest.mark.parametrize(
    ("path", "entry"),
    [("/", ""), ("/proposals/3/", "proposals"), ("/money/7/", "agreements"), ("/parties/2/moves/sign/", "agreements")],
)  # fmt: skip
def test_every_page_belongs_to_an_entry_of_the_menu(path, entry):
    assert display.room(path) == entry


def test_amounts():
    assert display.won(9_100_000_000) == "9,100,000,000"
    assert display.million(1_500_000) == "2"
    assert display.rate(1, 0) == "–"
    assert display.rate(455, 910) == "50.0%"


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [
        (0, "0초", "0 seconds"),
        (1, "1초", "1 second"),
        (59, "59초", "59 seconds"),
        (60, "1분", "1 minute"),
        (7_199, "1시간", "1 hour"),
        (86_400, "1일", "1 day"),
        (17_392_347, "201일", "201 days"),
    ],
)
def test_duration_in_its_largest_unit(seconds, korean, english):
    assert display.duration(seconds) == korean
    with translation.override("en"):
        assert display.duration(seconds) == english
