"""Files as people send them, made by hand: honest ones of every kind, and hostile ones."""

import io
import struct
import zipfile
import zlib

OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x7f\xff\xd9"
)


def chunk(name, content=b""):
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


SHAPE = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", SHAPE) + chunk(b"IDAT", zlib.compress(b"\0\0"))
PNG += chunk(b"IEND")


def zipped(members):
    """A zip of (name, content); content may be any bytes or text."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in members:
            container.writestr(name, content)
    return whole.getvalue()


def types(main):
    return f'<Types><Override PartName="/x" ContentType="{main}"/></Types>'


WORD = f"{OFFICE}.wordprocessingml.document.main+xml"
SHEET = f"{OFFICE}.spreadsheetml.sheet.main+xml"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_SHEET = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def docx(*more, main=WORD, part="word/document.xml"):
    return zipped([("[Content_Types].xml", types(main)), (part, "<document/>"), *more])


def xlsx(*more, main=SHEET):
    return docx(*more, main=main, part="xl/workbook.xml")


def hwpx(*more, mimetype="application/hwp+zip"):
    parts = [("mimetype", mimetype), ("version.xml", "<version/>")]
    return zipped([*parts, ("Contents/section0.xml", "<sec/>"), *more])


def entry(name):
    """An entry of the directory of a compound file."""
    wide = name.encode("utf-16-le")
    return wide.ljust(64, b"\0") + struct.pack("<H", len(wide) + 2) + b"\0" * 62


def compound(*names, stream=b""):
    """A compound file: the head, its directory, a sector with a stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack(
        "<HHHH", 62, 3, 0xFFFE, 9
    )
    head = head.ljust(44, b"\0") + struct.pack("<II", 1, 0)
    entries = b"".join(entry(name) for name in ("Root Entry", *names))
    directory = entries.ljust(-(-len(entries) // 512) * 512, b"\0")
    return head.ljust(512, b"\0") + directory + stream.ljust(512, b"\0")


def hwp(*names, flags=1, signature=b"HWP Document File"):
    stream = signature.ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    return compound("FileHeader", "DocInfo", *names, stream=stream)


def encrypted(content):
    """A zip whose every member says that it is encrypted."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(signature, place + 4)
    return bytes(marked)


def swollen(content):
    """A zip whose members say that they unpack to two gigabytes each."""
    marked = bytearray(content)
    place = marked.find(b"PK\x01\x02")
    while place >= 0:
        struct.pack_into("<I", marked, place + 24, 2_000_000_000)
        place = marked.find(b"PK\x01\x02", place + 4)
    return bytes(marked)


def renamed(content, old, new):
    """A zip with a member's name changed in its bytes, as no tool would write it."""
    assert len(old) == len(new)
    return content.replace(old, new)


HONEST = {
    "사업계획 요약.pdf": PDF,
    "의견서.hwpx": hwpx(),
    "동의서.hwp": hwp(),
    "설명.docx": docx(),
    "산출내역.xlsx": xlsx(),
    "위치도.png": PNG,
    "현장.JPG": JPEG,
    "현장 2.jpeg": JPEG + b"SEFT of a camera",
    "그림.docx": docx(("word/media/image1.png", PNG)),
}

EICAR_LIKE = b"MZ\x90\x00" + b"\0" * 60 + b"This program cannot be run in DOS mode."
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"

# name of the file, its content, and a word of the reason in Korean
HOSTILE = {
    "empty": ("a.pdf", b"", "빈 파일"),
    "one byte": ("a.pdf", b"%", "PDF, HWPX"),
    "program": ("a.exe", EICAR_LIKE, "PDF, HWPX"),
    "program as pdf": ("a.pdf", EICAR_LIKE, "PDF, HWPX"),
    "elf as png": ("a.png", b"\x7fELF" + b"\0" * 99, "PDF, HWPX"),
    "html as pdf": ("a.pdf", HTML, "PDF, HWPX"),
    "html": ("a.html", HTML, "PDF, HWPX"),
    "svg": ("a.svg", SVG, "PDF, HWPX"),
    "svg as png": ("a.png", SVG, "PDF, HWPX"),
    "script": ("a.sh", b"#!/bin/sh\nrm -rf /\n", "PDF, HWPX"),
    "text as docx": ("a.docx", "그냥 글".encode(), "PDF, HWPX"),
    "gif as jpeg": ("a.jpg", b"GIF89a" + b"\0" * 40, "PDF, HWPX"),
    "rtf as hwp": ("a.hwp", b"{\\rtf1 x}", "PDF, HWPX"),
    "png as pdf": ("a.pdf", PNG, "PNG"),
    "pdf as exe": ("a.exe", PDF, "PDF"),
    "pdf without ending": ("pdf", PDF, ".pdf"),
    "hidden name": (".pdf", PDF, ".pdf"),
    "docx as xlsx": ("a.xlsx", docx(), "DOCX"),
    "pdf cut off": ("a.pdf", PDF[:40], "손상"),
    "pdf of no version": ("a.pdf", PDF.replace(b"1.7", b"x.y"), "손상"),
    "pdf and zip": ("a.pdf", PDF + docx(), "덧붙어"),
    "pdf and html": ("a.pdf", PDF + HTML, "덧붙어"),
    "html in the head of a pdf": ("a.pdf", PDF.replace(b"1 0 obj", HTML + b" 1 0 obj"), "덧붙어"),
    "pdf with javascript": ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "매크로"),
    "pdf that launches": ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog/A<</S /Launch >>"), "매크로"),
    "png cut off": ("a.png", PNG[:30], "손상"),
    "png without header": ("a.png", PNG[:8] + chunk(b"IEND"), "손상"),
    "png of endless chunks": ("a.png", PNG[:8] + chunk(b"IHDR", SHAPE) + chunk(b"tEXt") * 60_000, "손상"),
    "png with a length beyond it": ("a.png", PNG[:8] + b"\xff\xff\xff\xffIHDR" + b"\0" * 50, "손상"),
    "png and zip": ("a.png", PNG + docx(), "덧붙어"),
    "script in a png": ("a.png", PNG[:33] + chunk(b"tEXt", HTML) + PNG[33:], "덧붙어"),
    "jpeg cut off": ("a.jpg", JPEG[:-2], "손상"),
    "jpeg without a frame": ("a.jpg", JPEG[:20] + JPEG[33:], "손상"),
    "jpeg and zip": ("a.jpg", JPEG + docx(), "덧붙어"),
    "php in a jpeg": ("a.jpg", JPEG[:2] + b"\xff\xfe\x00\x0c<?php x;?>" + JPEG[2:], "덧붙어"),
    "zip": ("a.zip", zipped([("a.txt", "x")]), "압축 파일"),
    "zip as docx": ("a.docx", zipped([("a.txt", "x")]), "압축 파일"),
    "empty zip as xlsx": ("a.xlsx", zipped([]), "PDF, HWPX"),
    "docx cut off": ("a.docx", docx()[:-30], "손상"),
    "docx with a spoilt directory": ("a.docx", docx().replace(b"PK\x01\x02", b"PK\x09\x09"), "손상"),
    "docx without a document": ("a.docx", docx(part="word/other.xml"), "PDF, HWPX"),
    "presentation as docx": ("a.docx", docx(main=f"{OFFICE}.presentationml.presentation.main+xml"), "PDF, HWPX"),
    "docm as docx": ("a.docx", docx(main=MACRO_WORD), "매크로"),
    "xlsm": ("a.xlsm", xlsx(main=MACRO_SHEET), "매크로"),
    "docx with a macro": ("a.docx", docx(("word/vbaProject.bin", b"x")), "매크로"),
    "xlsx with old macros": ("a.xlsx", xlsx(("xl/macrosheets/sheet1.xml", "x")), "매크로"),
    "xlsx with a program": ("a.xlsx", xlsx(("xl/embeddings/a.EXE", b"MZ")), "매크로"),
    "docx under a password": ("a.docx", encrypted(docx()), "암호"),
    "docx that climbs out": ("a.docx", docx(("../../etc/passwd", "x")), "손상"),
    "docx at the root": ("a.docx", docx(("/etc/passwd", "x")), "손상"),
    "docx with a NUL in a name": ("a.docx", renamed(docx(("word/x.xml", "x")), b"word/x.xml", b"word/\0.xml"), "손상"),
    "docx with two of a name": ("a.docx", renamed(docx(("word/documenu.xml", "x")), b"documenu", b"document"), "손상"),
    "zip bomb": ("a.docx", swollen(docx()), "지나치게"),
    "bomb in the list of types": ("a.docx", zipped([("[Content_Types].xml", b"\0" * 5_000_000)]), "지나치게"),
    "program before the zip": ("a.docx", b"PK\x03\x04" + b"\0" * 40 + docx(), "덧붙어"),
    "old word": ("a.doc", compound("WordDocument"), "옛 버전"),
    "old excel as xlsx": ("a.xlsx", compound("Workbook"), "옛 버전"),
    "docx under a password in a compound file": ("a.docx", compound("EncryptionInfo", "EncryptedPackage"), "암호"),
    "compound file with macros": ("a.hwp", hwp("_VBA_PROJECT"), "매크로"),
    "compound file of nobody": ("a.hwp", compound("Stream"), "PDF, HWPX"),
    "compound head alone": ("a.hwp", compound()[:512], "손상"),
    "compound file without a root": ("a.hwp", hwp().replace("Root Entry".encode("utf-16-le"), b"x" * 20), "손상"),
    "compound file shorter than it says": ("a.hwp", hwp()[:44] + b"\xff\xff\xff\x7f" + hwp()[48:], "손상"),
    "hwp under a password": ("a.hwp", hwp(flags=3), "암호"),
    "hwp under DRM": ("a.hwp", hwp(flags=17), "DRM"),
    "hwp with another signature": ("a.hwp", hwp(signature=b"HWP Nonsense"), "PDF, HWPX"),
    "hwpx under a password": ("a.hwpx", hwpx(("META-INF/manifest.xml", "<x:encryption-data/>")), "암호"),
    "odt as hwpx": ("a.hwpx", hwpx(mimetype="application/vnd.oasis.opendocument.text"), "PDF, HWPX"),
}  # fmt: skip
