"""The difference of two texts is complete: applied to the old one it gives the new one."""

from hypothesis import given, settings
from hypothesis import strategies as some

from agreements.versions.comparison import difference

from .applying import applied

WORDS = some.text(alphabet="가나다 abc1", max_size=6)
SOURCES = ("national", "provincial", "municipal", "public_body", "private")


def rows(key, width):
    row = some.tuples(key, *[WORDS] * width).map(list)
    return some.lists(row, max_size=5, unique_by=lambda row: row[0])


def in_order(amounts, title):
    """A schedule as ``Version.text()`` writes it: by component, its lines by year and source."""
    return [
        {
            "component": owner,
            "title": title,
            "lines": sorted([y, s, won] for (o, y, s), won in amounts.items() if o == owner),
        }
        for owner in sorted({owner for owner, _year, _source in amounts})
    ]


CELLS = some.tuples(some.integers(1, 4), some.integers(2027, 2031), some.sampled_from(SOURCES))
AMOUNTS = some.dictionaries(CELLS, some.integers(1, 10**12), max_size=12)
TEXTS = some.fixed_dictionaries(
    {
        "number": WORDS,
        "version": some.integers(1, 9),
        "years": some.lists(some.integers(2025, 2035), min_size=2, max_size=2),
        "parties": rows(some.sampled_from(["MOTIR", "MCST", "gangwon", "daegu", "busan"]), 3),
        "articles": rows(some.integers(1, 9), 4),
        "schedule": some.builds(in_order, AMOUNTS, WORDS),
    },
    optional={
        "area": some.none() | some.integers(1, 10**6),
        "heirs": rows(some.integers(1, 4), 1),
        "something of later": WORDS,
    },
)


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_difference_put_on_the_old_text_gives_the_new_one(old, new):
    assert applied(old, difference(old, new)) == new


@settings(deadline=None)
@given(text=TEXTS)
def test_same_texts_do_not_differ(text):
    assert not any(difference(text, text).values())


def test_a_renamed_component_differs_in_its_title_alone():
    old = {"schedule": [{"component": 1, "title": "센터", "lines": [[2027, "national", 5]]}]}
    new = {"schedule": [{"component": 1, "title": "복합센터", "lines": [[2027, "national", 5]]}]}

    changes = difference(old, new)

    assert changes["titles"] == [[1, "센터", "복합센터"]]
    assert changes["cells"] == []


def test_amounts_differ_cell_by_cell():
    old = {"schedule": [{"component": 1, "title": "센터", "lines": [[2027, "national", 5]]}]}
    new = {"schedule": [{"component": 1, "title": "센터", "lines": [[2028, "national", 7]]}]}

    assert difference(old, new)["cells"] == [
        [[1, 2027, "national"], 5, None],
        [[1, 2028, "national"], None, 7],
    ]


def test_order_of_parties_is_part_of_the_difference():
    old = {"parties": [["MOTIR", "lead_ministry"], ["MCST", "ministry"]]}
    new = {"parties": [["MCST", "ministry"], ["MOTIR", "lead_ministry"]]}

    changes = difference(old, new)

    assert changes["rows"]["parties"]["order"] == ["MCST", "MOTIR"]
    assert applied(old, changes) == new
