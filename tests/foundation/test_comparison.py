from hypothesis import given
from hypothesis import strategies as some

from foundation.text_comparison import words

TEXT = some.text(some.sampled_from("가나다 .\n"), max_size=40)


def test_words_that_differ_are_marked():
    assert words("바다가 넓다.", "바다가 깊다.") == [
        ("same", "바다가 "),
        ("gone", "넓다"),
        ("new", "깊다"),
        ("same", "."),
    ]


@given(before=TEXT, after=TEXT)
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    pieces = words(before, after)

    assert "".join(text for kind, text in pieces if kind != "new") == before
    assert "".join(text for kind, text in pieces if kind != "gone") == after


def test_very_long_texts_are_compared_by_line():
    before = "".join(f"줄 {n}\n" for n in range(20_000))
    after = before.replace("줄 777\n", "새 줄\n")

    assert [kind for kind, _text in words(before, after)] == ["same", "gone", "new", "same"]
