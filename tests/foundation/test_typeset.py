import io
import unicodedata

import pytest
from pypdf import PdfReader

from foundation.printing import documents as paper
from foundation.printing.font_coverage import printable
from foundation.printing.typeset import NotTypeset, TooLong, pdf

TEMPLATE = "foundation/typst/document.typ"
HOSTILE = {
    "a command": '#panic("stop") #read("/etc/passwd") #import "x.typ": *',
    "a reference": "@ref <label> @@",
    "formulas": "$x^2$ $ \\ $",
    "backslashes": "\\ \\u{41} \\#",
    "markup": "*b* _i_ `c` ```x``` = h - l + n / t: // c /* c */ ~ -- --- ...",
    "quotes": '"a" \'b\' \\" }])',
    "a template": "{{ x }} {% y %} {# z #}",
    "a long word": "w" * 5_000,
    "long Korean": "한" * 5_000,
    "emoji": "웃음 😀 👩‍👩‍👧 🇰🇷",
    "right to left": "שלום مرحبا",
    "overrides": "a\u202eb\u2066c\u200f",
    "controls": "a\x00b\x07c\x1bd\x7f",
    "unassigned": "\ufffe\uffff\U000e1234\U0010ffff",
    "private": "\ue000\U000f0000",
    "old Korean": "ᄒᆞᆫ글 ㆍ 龘",
    "decomposed": unicodedata.normalize("NFD", "한글 é"),
    "separators": "a\u2028b\u2029c\r\nd\te\u00a0f",
    "many marks": "e" + "\u0301" * 500,
    "digits": "9" * 300,
}


def document(title="제목", text="글", **more):
    words = {"sort": "사업계획서", "running": title[:60], "author": "강릉시", "mark": "초안 · 7",
             "draft": True, "warning": "초안입니다.", "contents": "차례", "house": "지역투자협약"}  # fmt: skip
    parts = [
        paper.part("글", paper.text(text), paper.heading(text), paper.facts(("라벨", text))),
        paper.part("표", *paper.number_tables(text, ["2027", "합계"], [paper.row(text, "1", "2", detail=text)])),
        paper.part("목록", paper.entries([(text, text, text)]), wide=True),
    ]  # fmt: skip
    facts = [["공모", text]]
    return words | {"title": title, "facts": facts, "parts": parts} | more


def made(data, language="ko"):
    return PdfReader(io.BytesIO(pdf(TEMPLATE, data, language=language)))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u200b", "")


def test_document_has_its_metadata():
    reader = made(document("힐링 생태계"))

    assert reader.metadata.title == "힐링 생태계"
    assert reader.metadata.author == "강릉시"
    assert reader.trailer["/Root"]["/Lang"] == "ko"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    meta = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1" in meta
    assert "<pdfaid:part>2" in meta
    assert "<pdfaid:conformance>A" in meta


def test_every_page_has_its_mark_and_number():
    reader = made(document(text="줄\n" * 200))
    count = len(reader.pages)

    for number, page in enumerate(reader.pages, start=1):
        assert "초안 · 7" in page.extract_text()
        assert f"{number} / {count}" in page.extract_text()


def test_only_our_fonts_are_used():
    fonts = {
        font.get_object()["/BaseFont"].partition("+")[2].removesuffix("-Identity-H")
        for page in made(document()).pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts <= {"PretendardGOV-Regular", "PretendardGOV-Bold", "DejaVuSansMono"}


@pytest.mark.parametrize("case", HOSTILE)
def test_no_text_is_a_command(case):
    text = HOSTILE[case]

    assert len(made(document(text[:200], text)).pages) > 1


@pytest.mark.parametrize("case", ["a command", "a reference", "formulas", "markup", "a template"])
def test_text_is_printed_as_it_was_written(case):
    shown = text_of(made(document(text=HOSTILE[case])))

    assert HOSTILE[case].replace(" ", "") in shown.replace(" ", "").replace("\n", "")


def test_character_missing_in_the_font_is_replaced_with_a_note():
    shown = text_of(made(document(text="웃음 😀")))

    assert "□" in shown
    assert "글꼴에 없는 글자는" in shown
    assert "글꼴에 없는" not in text_of(made(document(text="웃음")))


def test_digest_stays_whole_and_other_long_words_can_break():
    characters = frozenset(range(32, 127))

    assert printable("ab12" * 16, characters) == "ab12" * 16
    assert printable("x" * 45, characters) == "\u200b".join(["x" * 20, "x" * 20, "x" * 5])
    assert printable("a\0b\u202ec\U000e1234", characters) == "abc□"


def test_table_of_many_years_is_cut_and_loses_nothing():
    heads = [*map(str, range(2027, 2037)), "합계"]
    rows = [paper.row("국비", *["1,000,000,000,000"] * 11), paper.row("사업", kind="group")]

    tables = list(paper.number_tables("재원", heads, rows, caption="재원별"))

    found = [column["label"] for t in tables for column in t["columns"] if column["number"]]
    assert found == heads
    assert len(tables) == 3
    assert all(len(t["rows"][0]["cells"]) == len(t["columns"]) for t in tables)


def test_what_is_too_long_is_refused_at_once():
    with pytest.raises(TooLong):
        pdf(TEMPLATE, document(text="가" * 2_000_000), language="ko")


def test_fault_of_a_template_is_one_exception():
    with pytest.raises(NotTypeset):
        pdf(TEMPLATE, {"title": "x"}, language="ko")


def test_lost_font_is_one_exception(settings, tmp_path):
    settings.FONTS = tmp_path

    with pytest.raises(NotTypeset):
        pdf(TEMPLATE, document(), language="ko")
