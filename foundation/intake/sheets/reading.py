"""Read one sheet of an untrusted .xlsx as rows of values, in bounded memory.

The fast reader does not get the file but a small new workbook made of the parts that were
checked: the cells of one sheet, its texts and its formats. So it reads only what was checked.
"""

import io
import posixpath
import re
import zipfile
from xml.parsers import expat

import python_calamine
from django.utils.translation import gettext as _

from .cells import is_canonical, needs_a_walk, refuse_impossible, walk
from .package import Package, broken
from .refusals import Refused, Unusable

MOST_TEXT = 32 * 1024 * 1024  # bytes: a text used a thousand times counts a thousand times

DATA = re.compile(rb"<((?:[\w.-]+:)?)sheetData(\s*/>|[\s>])")
DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension\b[^>]*?\bref\s*=\s*[\"']([A-Za-z0-9:$]+)")
STRINGS_BEGIN = re.compile(rb"<((?:[\w.-]+:)?)sst\b[^>]*>")
STRING_ENDS = re.compile(rb"</(?:[\w.-]+:)?si>")
COUNTS = re.compile(rb"\b(?:uniqueC|c)ount\s*=\s*(?:\"[^\"]*\"|'[^']*')")
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ONE_SHEET = {
    "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{RELATION}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook><sheets><sheet name="1" sheetId="1" r:id="a"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": "<Relationships>"
    f'<Relationship Id="a" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="b" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="c" Type="{RELATION}/styles" Target="styles.xml"/></Relationships>',
}


def read(stream, names):
    """The rows of the first sheet whose name is in ``names``, from A1 on, cell by cell.

    A value is a text, a float, a bool, a date or a time; an empty cell is "", and a cell without
    a value is :class:`Unusable`. Of formulas the values stored in the file are read. Raises
    :class:`Refused`.
    """
    package = Package(stream)
    workbook = target(package, "", "/officeDocument")
    sheet = sheet_of(package, workbook, names)
    strings = optional(package, workbook, "/sharedStrings", b"<sst/>")
    styles = optional(package, workbook, "/styles", b"<styleSheet/>")
    data = data_of(package.text(sheet))
    cells = checked(data, strings)
    rows = values(data, bare_strings(strings), COUNTS.sub(b"", styles))
    return marked(rows, cells) if cells else rows


def elements(xml):
    """(name without prefix, attributes) of every element of a small part."""
    found = []

    def start(name, attributes):
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((name.rpartition(":")[2], plain))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as wrong:
        raise Refused.because(broken()) from wrong
    return found


def relations(package, part):
    """What a part refers to: [(id, kind, name of the member)]; "" is the package itself."""
    folder, name = posixpath.split(part)
    xml = package.text(posixpath.join(folder, "_rels", f"{name}.rels"))
    return [
        (
            values.get("Id", ""),
            values.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, values.get("Target", ""))).lstrip("/"),
        )
        for name, values in elements(xml)
        if name == "Relationship" and values.get("TargetMode") != "External"
    ]


def target(package, part, kind):
    names = [name for _id, of_kind, name in relations(package, part) if of_kind.endswith(kind)]
    if not names:
        raise Refused.because(broken())
    return names[0]


def optional(package, workbook, kind, default):
    names = [name for _id, k, name in relations(package, workbook) if k.endswith(kind)]
    return package.text(names[0]) if names and names[0] in package else default


def sheet_of(package, workbook, names):
    """The member that holds the sheet of one of these names."""
    sheets = {
        values.get("name", ""): values.get("id", "")
        for name, values in elements(package.text(workbook))
        if name == "sheet"
    }
    wanted = [sheets[name] for name in names if name in sheets]
    if not wanted:
        raise Refused.because(
            _("There is no sheet “%(wanted)s”. The file has: %(found)s.")
            % {"wanted": names[0], "found": ", ".join(name[:40] for name in list(sheets)[:5])}
        )
    members = {
        key: name for key, kind, name in relations(package, workbook) if kind.endswith("/worksheet")
    }
    if wanted[0] not in members:
        raise Refused.because(broken())
    return members[wanted[0]]


def data_of(xml):
    """Only the rows of a sheet, as a new sheet: nothing else of it is read."""
    begin = DATA.search(xml)
    if not begin:
        raise Refused.because(broken())
    if dimension := DIMENSION.search(xml, 0, begin.start()):
        refuse_impossible(dimension[1].decode())
    prefix, rest = begin[1], begin[2]
    if rest.endswith(b"/>"):
        return b"<worksheet><sheetData></sheetData></worksheet>"
    inside = xml.index(b">", begin.end(1)) + 1
    end = xml.rfind(b"</" + prefix + b"sheetData")
    if end < inside:
        raise Refused.because(broken())
    return b"<worksheet><sheetData>" + xml[inside:end] + b"</sheetData></worksheet>"


def checked(data, strings):
    """The :class:`Cells`, None if canonical. Raises Refused if reading takes too much memory."""
    longest = longest_string(strings)
    if is_canonical(data) and not needs_a_walk(data):
        cells, texts = None, data.count(b't="s"')
    else:
        cells = walk(data)
        texts = cells.strings
    if texts * longest > MOST_TEXT:  # even if every cell held the longest one
        raise Refused.because(
            _("The texts in the workbook are too long. Write long texts on the page, not here.")
        )
    return cells


def longest_string(strings):
    """The length in bytes of the longest shared string with its markup and what precedes it."""
    if b"<!" in strings or b"<?" in strings[5:]:
        raise Refused.because(broken())
    well_formed(strings)
    longest = begin = 0
    for end in STRING_ENDS.finditer(strings):
        longest, begin = max(longest, end.start() - begin), end.end()
    return max(longest, len(strings) - begin)


def well_formed(xml):
    try:
        expat.ParserCreate().Parse(xml, True)
    except expat.ExpatError as wrong:
        raise Refused.because(broken()) from wrong


def bare_strings(strings):
    """The shared strings without their declared count, for which a reader allocates memory."""
    if len(STRINGS_BEGIN.findall(strings)) != 1:
        raise Refused.because(broken())
    return STRINGS_BEGIN.sub(bare, strings)


def bare(begin):
    return b"<" + begin[1] + (b"sst/>" if begin[0].endswith(b"/>") else b"sst>")


def values(data, strings, styles):
    """The rows that the reader finds in the small workbook made of these parts."""
    parts = ONE_SHEET | {
        "xl/worksheets/sheet1.xml": data,
        "xl/sharedStrings.xml": strings,
        "xl/styles.xml": styles,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    stream.seek(0)
    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0)
        return sheet.to_python(skip_empty_area=False)
    except python_calamine.CalamineError as wrong:
        raise Refused.because(broken()) from wrong
    except BaseException as wrong:  # a panic of the reader is no Exception
        if type(wrong).__name__ != "PanicException":
            raise
        raise Refused.because(broken()) from wrong


def marked(rows, cells):
    """The rows with :class:`Unusable` where a cell has no value."""
    for (row, column), error in cells.errors.items():
        put(rows, row, column, Unusable(text_of_error(error)))
    for row, column in cells.without_value:
        put(rows, row, column, Unusable(text_of_formula()))
    return rows


def put(rows, row, column, value):
    rows.extend([] for _more in range(row + 1 - len(rows)))
    rows[row].extend("" for _more in range(column + 1 - len(rows[row])))
    rows[row][column] = value


def text_of_error(error):
    return _("The cell holds the error %s. Correct the formula, or write the amount.") % error[:20]


def text_of_formula():
    return _(
        "The formula has no value yet. Open the file in Excel or LibreOffice, which calculates it,"
        " and save it again."
    )
