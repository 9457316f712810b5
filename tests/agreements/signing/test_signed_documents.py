"""The PDF document: its content; it is made once, and only signatures are added."""

import io
import json
from itertools import pairwise

import pypdf
import pytest
from django.db import IntegrityError, transaction

from agreements.models import Deed
from agreements.signing import signed_documents
from foundation.engine.history import canonical
from tests import factories


def opened(content):
    return pypdf.PdfReader(io.BytesIO(content))


def newest(version):
    return signed_documents.content_of(signed_documents.newest(version))


def test_document_is_set_when_the_text_freezes_with_a_field_for_each_party(cast, call):
    version = factories.frozen(cast, call)

    pdf = opened(newest(version))

    assert version.deeds.count() == 1
    assert set(pdf.get_fields()) == {party.field for party in version.parties.all()}
    assert all(field["/FT"] == "/Sig" and "/V" not in field for field in pdf.get_fields().values())


def test_number_version_edition_and_digest_are_printed_on_every_page(cast, call):
    version = factories.frozen(cast, call)

    pages = [page.extract_text() for page in opened(newest(version)).pages]

    assert len(pages) == 7
    for page in pages:
        assert f"협약번호 {version.agreement.number} · 제1판 · 확정 1차" in page
        assert version.digest in page


def test_korean_text_can_be_extracted_in_its_order(cast, call):
    version = factories.frozen(cast, call)

    text = "\n".join(page.extract_text() for page in opened(newest(version)).pages)

    heads = [f"제{row.number}조({row.heading_ko})" for row in version.articles.order_by("number")]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)
    assert (
        text.index("지역발전투자협약서")
        < places[0]
        < places[-1]
        < text.index("별표: 연차별 투자계획")
    )
    assert "12,000,000" in text


def test_what_is_embedded_is_what_is_signed_byte_for_byte(cast, call):
    version = factories.frozen(cast, call)

    files = opened(newest(version)).attachments

    assert files["agreement.json"] == [canonical(version.text()).encode()]
    assert files["schedule.json"] == [canonical(version.text()["schedule"]).encode()]
    assert json.loads(files["schedule.json"][0]) == version.text()["schedule"]


def test_document_says_it_is_pdf_a_and_pdf_ua_and_every_field_is_in_its_tree(cast, call):
    version = factories.frozen(cast, call)

    pdf = opened(newest(version))

    marks = pdf.xmp_metadata.stream.get_data().decode()
    assert {'pdfaid:part="3"', 'pdfaid:conformance="A"', 'pdfuaid:part="1"'} <= set(marks.split())
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "ko"
    tree = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    named = dict(zip(tree[::2], tree[1::2], strict=True))
    widgets = [annot.get_object() for page in pdf.pages for annot in page.get("/Annots", [])]
    fields = [widget for widget in widgets if widget.get("/FT") == "/Sig"]
    assert len(fields) == version.parties.count()
    for field in fields:
        element = named[field["/StructParent"]].get_object()
        assert (element["/S"], element["/K"]["/Obj"].get_object()) == ("/Form", field)
        assert field["/TU"].endswith("의 서명")
        assert field["/P"]["/Tabs"] == "/S"


def test_fonts_are_all_embedded_also_after_a_signature(cast, call):
    version = factories.signing(cast, call)
    factories.sign(cast, version.parties.order_by("pk").first())

    fonts = [
        each.get_object()["/FontDescriptor"]
        for each in fonts_of(opened(newest(version)))
        if "/FontDescriptor" in each.get_object()
    ]

    assert fonts
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each) for each in fonts)


def fonts_of(pdf):
    for number in range(1, len(pdf.xref[0]) + 1):
        found = pdf.get_object(number)
        if isinstance(found, dict) and found.get("/Type") == "/Font":
            yield found


def test_preview_says_on_every_page_that_it_is_a_draft_and_is_not_kept(cast, call):
    version = factories.drafted(cast, call)

    pages = [page.extract_text() for page in opened(signed_documents.preview(version)).pages]

    assert all("초안" in page for page in pages)
    assert not Deed.objects.exists()


def test_each_signature_adds_one_document_that_begins_with_the_one_before(cast, call):
    version = factories.signed(cast, call)

    chain = [signed_documents.content_of(row) for row in version.deeds.order_by("number")]

    assert len(chain) == 5
    assert all(after.startswith(before) for before, after in pairwise(chain))


@pytest.mark.parametrize(
    "forge",
    [
        lambda pdf: pdf[:-10] + b"0123456789 and more",
        lambda pdf: pdf.replace(b"%PDF-1.7", b"%PDF-1.6"),
    ],
)
def test_database_takes_no_document_that_does_not_follow_from_the_one_before(cast, call, forge):
    version = factories.signing(cast, call)
    content = forge(newest(version))

    with pytest.raises(IntegrityError, match="follows from the one before"), transaction.atomic():
        signed_documents.store(version, content)


def test_english_text_follows_as_a_second_part_where_every_article_has_one(cast, call):
    version = factories.drafted(cast, call)

    pages = [page.extract_text() for page in opened(signed_documents.preview(version)).pages]

    assert "For information; the Korean text binds." in pages[-2]
    version.articles.filter(number=1).update(body_en="")
    pages = [page.extract_text() for page in opened(signed_documents.preview(version)).pages]
    assert not any("For information" in page for page in pages)
