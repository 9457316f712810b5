"""Broken and malicious .xlsx workbooks, built from a valid one when a test needs them.

``FILES`` are invalid as files and ``CELLS`` in their cells; each entry is the change of the valid
workbook and a part of the complaint that it must cause.
"""

import io
import re
import struct
import zipfile
from typing import NamedTuple
from xml.sax.saxutils import escape

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


class Raw(NamedTuple):
    """The inside of a cell as XML, with its attributes."""

    attributes: str
    inside: str


def members(book):
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """A zip of parts: a dictionary, or pairs where names come twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            made.writestr(name, content)
    return stream.getvalue()


def with_part(book, name, change):
    """The workbook with one part changed by a function of its text."""
    parts = members(book)
    changed = change(parts[name].decode())
    return packed(parts | {name: changed if isinstance(changed, bytes) else changed.encode()})


def without(book, name):
    return packed({n: content for n, content in members(book).items() if n != name})


def with_cells(book, cells):
    """The workbook with other cells: {name: number, text or Raw}."""

    def change(xml):
        for name, value in cells.items():
            xml = with_cell(xml, name, raw(value))
        return xml

    return with_part(book, SHEET, change)


def raw(value):
    if isinstance(value, Raw):
        return value
    if isinstance(value, str):
        return Raw('t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>')
    return Raw("", f"<v>{value!r}</v>")


def with_cell(xml, name, value):
    """The sheet with a cell put in the place of the one that is there, or at its row's end."""
    made = f'<c r="{name}" {value.attributes}>{value.inside}</c>'
    there = re.compile(rf'<c r="{name}"(?:[^>]*/>|.*?</c>)')
    if there.search(xml):
        return there.sub(lambda _found: made, xml, count=1)
    number = re.search(r"\d+", name)[0]
    row = re.compile(rf'(<row r="{number}"[^>]*)(?:/>|>(.*?)</row>)')
    if row.search(xml):
        return row.sub(lambda found: f"{found[1]}>{found[2] or ''}{made}</row>", xml, count=1)
    return xml.replace("</sheetData>", f'<row r="{number}">{made}</row></sheetData>')


def with_rows(book, rows):
    return with_part(book, SHEET, lambda xml: xml.replace("</sheetData>", rows + "</sheetData>"))


def with_doctype(name, entity):
    words = f"{DECLARATION}<!DOCTYPE x [{entity}]>"
    return lambda book: with_part(book, name, lambda xml: words + xml.partition("?>")[2])


def zeros(size):
    return b" " * size


def with_false_size(book, name, content):
    """A part that declares a hundred bytes and unpacks to all of ``content``."""
    data = bytearray(packed(members(book) | {name: content}))
    size = struct.pack("<I", len(content))
    for place in (m.start() for m in re.finditer(re.escape(size), bytes(data))):
        data[place : place + 4] = struct.pack("<I", 100)
    return bytes(data)


def flagged(book, mask):
    """The workbook with a flag set on every member, in both headers that hold it."""
    data = bytearray(book)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), bytes(data)):
            data[found.start() + offset] |= mask
    return bytes(data)


def flipped(book):
    """The workbook with all bits of one byte of the packed sheet inverted."""
    data, name = bytearray(book), SHEET.encode()
    data[data.index(name) + len(name) + 200] ^= 0xFF
    return bytes(data)


def many_strings(book, size, uses, behind=0):
    """One long text, used very often: small in the file, huge once it is read.

    ``behind`` is the number of empty texts before it, which a reader may fail to count.
    """
    cells = "".join(
        f'<row r="{n}"><c r="B{n}" t="s"><v>{behind}</v></c></row>' for n in range(900, uses)
    )
    long = f"{DECLARATION}<sst>{'<si/>' * behind}<si><t>{'x' * size}</t></si></sst>"
    return with_rows(packed(members(book) | {STRINGS: long}), cells)


def with_a_link(book):
    """The sheet is a symbolic link to a file of the machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in members(book).items():
            member = zipfile.ZipInfo(name)
            member.external_attr = 0o120777 << 16 if name == SHEET else 0
            made.writestr(member, "/etc/passwd" if name == SHEET else content)
    return stream.getvalue()


def with_a_comment(book):
    """A zip whose comment looks like the end of another zip."""
    stream = io.BytesIO(book)
    with zipfile.ZipFile(stream, "a") as made:
        made.comment = b"PK\x05\x06" + b"x" * 60_000
    return stream.getvalue()


def dated(book):
    """A number that its format makes a date."""
    day = '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    styled = with_part(
        book, STYLES, lambda xml: re.sub(r"<cellXfs [^>]*>", lambda found: found[0] + day, xml)
    )
    return with_cells(styled, {"E9": Raw('s="0"', "<v>46000</v>")})


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
IMPLICIT = "<row>" + "<c/>" * 100_000 + "</row>"

FILES = {
    "nothing": (lambda b: b"", "is empty"),
    "four bytes": (lambda b: b"PK\x03\x04", "damaged"),
    "noise": (lambda b: bytes(range(256)) * 40, "no .xlsx"),
    "csv": (lambda b: b"id,Component,2027\n1,x,5\n", "no .xlsx"),
    "html": (lambda b: b"<html><table><tr><td>1</td></tr></table></html>", "no .xlsx"),
    "xml of 2003": (lambda b: b'<?xml version="1.0"?><Workbook/>', "no .xlsx"),
    "pdf": (lambda b: b"%PDF-1.7\n%%EOF", "no .xlsx"),
    "picture": (lambda b: b"\x89PNG\r\n\x1a\n" + bytes(100), "no .xlsx"),
    "xls": (lambda b: OLE + "Workbook".encode("utf-16-le"), "old file format"),
    "with a password": (lambda b: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "ods": (lambda b: packed({"mimetype": "x", "content.xml": "<a/>"}), "another format"),
    "hwpx": (lambda b: packed({"mimetype": "application/hwp+zip"}), "another format"),
    "docx": (lambda b: packed({"_rels/.rels": "<a/>", "word/document.xml": "<a/>"}), "no .xlsx"),
    "xlsb": (lambda b: packed(members(b) | {"xl/workbook.bin": b"x"}), "binary"),
    "macros": (lambda b: packed(members(b) | {"xl/vbaProject.bin": b"x"}), "macros"),
    "cut in half": (lambda b: b[: len(b) // 2], "damaged"),
    "last bytes gone": (lambda b: b[:-30], "damaged"),
    "a byte inverted": (flipped, "damaged"),
    "empty zip": (lambda b: b"PK\x05\x06" + bytes(18), "no .xlsx"),
    "zip of a text": (lambda b: packed({"a.txt": "x"}), "no .xlsx"),
    "workbook in a zip": (lambda b: packed({"book.xlsx": b}), "no .xlsx"),
    "larger than the limit": (lambda b: b + bytes(5 * 1024 * 1024), "larger than 5 MB"),
    "way up": (lambda b: packed(members(b) | {"../../etc/passwd": "x"}), "forbidden name"),
    "way up in windows": (lambda b: packed(members(b) | {"xl\\..\\..\\x": "x"}), "forbidden name"),
    "absolute": (lambda b: packed(members(b) | {"/etc/passwd": "x"}), "forbidden name"),
    "drive": (lambda b: packed(members(b) | {"C:/x": "x"}), "forbidden name"),
    "sheet twice, other case": (lambda b: packed(members(b) | {SHEET.upper(): "<a/>"}), "twice"),
    "sheet twice, backslash": (
        lambda b: packed(members(b) | {SHEET.replace("/", "\\"): "<a/>"}).replace(
            b"xl/worksheets\\", b"xl\\worksheets\\"
        ),
        "twice",
    ),
    "301 members": (
        lambda b: packed(members(b) | {f"xl/x{n}.xml": "" for n in range(301)}),
        "too many parts",
    ),
    "30,000 members": (
        lambda b: packed({f"{n:x}": "" for n in range(30_000)}, zipfile.ZIP_STORED),
        "too many parts",
    ),
    "bomb": (lambda b: packed(members(b) | {SHEET: zeros(400_000_000)}), "larger than 24 MB"),
    "bomb in the texts": (
        lambda b: packed(members(b) | {STRINGS: zeros(100_000_000)}),
        "larger than 24 MB",
    ),
    "bomb in a part not read": (
        lambda b: packed(members(b) | {"xl/media/x.png": zeros(100_000_000)}),
        "larger than 24 MB",
    ),
    "bomb with a false size": (
        lambda b: with_false_size(b, SHEET, zeros(100_000_007)),
        "damaged",
    ),
    "members with passwords": (lambda b: flagged(b, 0x01), "password"),
    "lzma": (lambda b: packed(members(b), zipfile.ZIP_LZMA), "damaged"),
    "bzip2": (lambda b: packed(members(b), zipfile.ZIP_BZIP2), "damaged"),
    "external entity": (
        with_doctype(SHEET, '<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "entities",
    ),
    "external doctype": (with_doctype(WORKBOOK, '<!ENTITY % x SYSTEM "http://x/y">'), "entities"),
    "a billion laughs": (with_doctype(STRINGS, LAUGHS), "entities"),
    "entities in the styles": (with_doctype(STYLES, '<!ENTITY a "b">'), "entities"),
    "entities in the relations": (with_doctype(RELATIONS, '<!ENTITY a "b">'), "entities"),
    "sheet in utf-16": (lambda b: with_part(b, SHEET, lambda x: x.encode("utf-16")), "UTF-8"),
    "sheet in euc-kr": (
        lambda b: with_part(b, SHEET, lambda x: x.replace("UTF-8", "EUC-KR")),
        "UTF-8",
    ),
    "zero bytes": (lambda b: with_part(b, SHEET, lambda x: x.replace("<row", "\0<row")), "UTF-8"),
    "bytes that are no text": (
        lambda b: with_part(b, STRINGS, lambda x: x.encode().replace(b"<t>", b"<t>\xff\xfe", 1)),
        "damaged",
    ),
    "ten million rows declared": (
        lambda b: with_part(b, SHEET, lambda x: re.sub('ref="[^"]*"', 'ref="A1:H10000000"', x, count=1)),
        "reaches too far",
    ),
    "row ten million": (lambda b: with_rows(b, '<row r="10000000"/>'), "reaches too far"),
    "last cell of all": (
        lambda b: with_rows(b, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "reaches too far",
    ),
    "row beyond all": (
        lambda b: with_rows(b, '<row r="9"><c r="A99999999999"><v>1</v></c></row>'),
        "reaches too far",
    ),
    "column beyond all": (
        lambda b: with_rows(b, '<row r="900"><c r="ZZZ900"><v>1</v></c></row>'),
        "reaches too far",
    ),
    "20,001 rows": (
        lambda b: with_rows(b, "".join(f'<row r="{n}"><c r="B{n}"/></row>' for n in range(900, 20_002))),
        "reaches too far",
    ),
    "cells that do not say where": (lambda b: with_rows(b, IMPLICIT), "reaches too far"),
    "rows that do not say where": (lambda b: with_rows(b, "<row/>" * 30_000), "reaches too far"),
    "a second place for a cell": (
        lambda b: with_rows(b, '<row r="900"><c r="B900" r="XFD1048576"><v>1</v></c></row>'),
        "damaged",
    ),
    "far cells with a prefix": (
        lambda b: with_rows(b, '<x:row r="900"><x:c r="XFD900"/></x:row>'),
        "reaches too far",
    ),
    "far cells in other quotes": (
        lambda b: with_rows(b, "<row r='900'><c r='XFD900'/></row>"),
        "reaches too far",
    ),
    "one text a thousand times": (lambda b: many_strings(b, 30_000, 9_000), "too long"),
    "one text a thousand times, behind empty ones": (
        lambda b: many_strings(b, 30_000, 9_000, behind=1_000),
        "too long",
    ),
    "symbolic link": (with_a_link, "damaged"),
    "end of another zip in the comment": (with_a_comment, "damaged"),
    "program before the zip": (lambda b: b"MZ" + b, "no .xlsx"),
    "zero byte as an entity": (
        lambda b: with_cells(b, {"B9": Raw('t="inlineStr"', "<is><t>a&#0;b</t></is>")}),
        "damaged",
    ),
    "half a character": (
        lambda b: with_cells(b, {"B9": Raw('t="inlineStr"', "<is><t>&#xD800;</t></is>")}),
        "damaged",
    ),
    "markup that is not read": (
        lambda b: with_cells(b, {"E9": Raw('t="inlineStr"', "<is><t><![CDATA[7]]></t></is>")}),
        "entities",
    ),
    "comment that never ends": (
        lambda b: with_part(b, SHEET, lambda x: x.replace("<sheetData>", "<sheetData><!-- ", 1)),
        "damaged",
    ),
    "date by its format": (dated, "E9</b>: “2025-12-09” is a date"),
    "sheet that breaks off": (
        lambda b: with_part(b, SHEET, lambda x: x[: x.index("</sheetData>")]),
        "damaged",
    ),
    "tags crossed": (lambda b: with_rows(b, "<row r='900'><c></row></c>"), "damaged"),
    "texts that break off": (lambda b: with_part(b, STRINGS, lambda x: x[:-40]), "damaged"),
    "texts with hidden ends": (
        lambda b: with_part(b, STRINGS, lambda x: x.replace("<t>", "<t><!--</si>-->", 1)),
        "damaged",
    ),
    "sheet gone": (lambda b: without(b, SHEET), "is missing"),
    "workbook gone": (lambda b: without(b, WORKBOOK), "is missing"),
    "relations gone": (lambda b: without(b, RELATIONS), "is missing"),
    "root gone": (lambda b: without(b, "_rels/.rels"), "no .xlsx"),
    "other sheet": (
        lambda b: with_part(b, WORKBOOK, lambda x: re.sub('name="[^"]*"', 'name="A"', x, count=1)),
        "There is no sheet",
    ),
    "no sheet": (
        lambda b: with_part(b, WORKBOOK, lambda x: re.sub("<sheet .*?/>", "", x)),
        "There is no sheet",
    ),
    "sheet elsewhere": (
        lambda b: with_part(b, RELATIONS, lambda x: x.replace('Target="worksheets', 'TargetMode="External" Target="http://x')),
        "damaged",
    ),
    "text that is not there": (lambda b: with_cells(b, {"E9": Raw('t="s"', "<v>999999</v>")}), "damaged"),
    "kind that is not there": (lambda b: with_cells(b, {"E9": Raw('t="zzz"', "<v>1</v>")}), "damaged"),
    "empty sheet": (
        lambda b: with_part(b, SHEET, lambda x: re.sub("<sheetData>.*</sheetData>", "<sheetData/>", x, flags=re.S)),
        "not the form of this proposal",
    ),
}  # fmt: skip

CELLS = {
    "fraction": ({"E9": 1200.5}, "E9</b>: “1,200.5” is no whole number of won"),
    "fraction as text": ({"E9": "1,200.5"}, "“1,200.5” is no whole number of won"),
    "tenth": ({"E9": 0.1}, "“0.1” is no whole number"),
    "below zero": ({"F9": -5}, "F9</b>: “-5” is no whole number"),
    "below zero as text": ({"F9": "△5"}, "“△5” is no whole number"),
    "brackets": ({"F9": "(5)"}, "“(5)” is no whole number"),
    "yes": ({"E9": Raw('t="b"', "<v>1</v>")}, "E9</b>: TRUE or FALSE is no amount"),
    "date by kind": ({"E9": Raw('t="d"', "<v>2027-01-01</v>")}, "“2027-01-01” is a date"),
    "reference gone": ({"E9": Raw('t="e"', "<v>#REF!</v>")}, "E9</b>: The cell holds the error #REF!"),
    "not available": ({"E9": Raw('t="e"', "<f>VLOOKUP(1,A:A,1)</f><v>#N/A</v>")}, "the error #N/A"),
    "divided by nothing": ({"G13": Raw('t="e"', "<v>#DIV/0!</v>")}, "G13</b>: The cell holds the error"),
    "never calculated": ({"E9": Raw("", "<f>1+1</f>")}, "E9</b>: The formula has no value yet"),
    "calculated to nothing": ({"E9": Raw("", "<f>1+1</f><v></v>")}, "The formula has no value yet"),
    "shared formula": ({"E9": Raw("", '<f t="shared" si="0"/>')}, "The formula has no value yet"),
    "formula as text": ({"E9": "=1+1"}, "“=1+1” is no whole number"),
    "command as text": ({"E9": "=cmd|'/C calc'!A0"}, "is no whole number"),
    "markup": ({"E9": "<script>alert(1)</script>"}, "“&lt;script&gt;alert(1)&lt;/script&gt;”"),
    "power": ({"E9": "5²"}, "E9</b>: “5²” is no whole number of won"),
    "circled": ({"E9": "①"}, "is no whole number"),
    "half": ({"E9": "1½"}, "is no whole number"),
    "digits of elsewhere": ({"E9": "٣"}, "is no whole number"),
    "invisible characters": ({"E9": "\u202e1\u200b200"}, "is no whole number"),
    "control characters": ({"E9": Raw('t="inlineStr"', "<is><t>1&#1;_x0000_2</t></is>")}, "is no whole number"),
    "a million digits": ({"E9": "9" * 1_000_000}, "Write an amount between 0 and"),
    "a million letters": ({"D9": "국" * 1_000_000}, "D9</b>: There is no source “국국국"),
    "number of a million digits": ({"A9": "9" * 1_000_000}, "A9</b>: This proposal has no component"),
    "year of a million digits": ({"E6": "2" * 1_000_000}, "E6</b>: A year is expected here"),
    "letters that unfold": ({"A9": "", "B9": "\ufdfa" * 30_000}, "is no component of this proposal"),
    "words": ({"E9": "십만 원"}, "is no whole number"),
    "not a number": ({"E9": Raw("", "<v>NaN</v>")}, "“nan” is no whole number"),
    "endless": ({"E9": Raw("", "<v>1e999</v>")}, "“inf” is no whole number"),
    "too much": ({"E9": 10**15 + 1}, "Write an amount between 0 and"),
    "far too much": ({"E9": Raw("", "<v>1e300</v>")}, "E9</b>: Write an amount between 0 and"),
    "too much as text": ({"E9": "9" * 400}, "Write an amount between 0 and"),
    "unknown number": ({"A9": 99_999_999}, "A9</b>: This proposal has no component with the number 99999999"),
    "number with a fraction": ({"A9": 1.5}, "no component with the number 1.5"),
    "number in words": ({"A9": "one"}, "no component with the number one"),
    "number that is an error": ({"A9": Raw('t="e"', "<v>#REF!</v>")}, "no component with the number"),
    "new component": ({"B30": "새 사업", "D30": "국비", "E30": 5}, "B30</b>: “새 사업” is no component"),
    "amounts without component": ({"E30": 5}, "B30</b>: “” is no component"),
    "source that is not there": ({"D9": "복권기금"}, "D9</b>: There is no source “복권기금”"),
    "source gone": ({"D9": ""}, "D9</b>: There is no source “”"),
    "same line twice": ({"D10": "국비"}, "D10</b>: The same component and source are in row 9"),
    "year that is not there": ({"E6": 2035}, "E6</b>: The year 2035 is not in this proposal"),
    "year twice": ({"F6": 2027}, "F6</b>: The year 2027 is in another column"),
    "year in words": ({"E6": "내년"}, "E6</b>: A year is expected here, not “내년”"),
    "year gone": ({"G6": ""}, "6</b>: The heading 2029 is missing"),
    "heading moved": ({"B6": "재원", "D6": "내역사업"}, "B6</b>: The heading “Component” is expected"),
    "heading gone": ({"C6": ""}, "C6</b>: The heading “Ministry” is expected here, not “”"),
    "heading an error": ({"A6": Raw('t="e"', "<v>#REF!</v>")}, "A6</b>: The heading “id” is expected"),
    "other proposal": ({"A1": "proposal:99999999"}, "A1</b>: This is not the form of this proposal"),
    "no proposal": ({"A1": ""}, "A1</b>: This is not the form of this proposal"),
}  # fmt: skip
