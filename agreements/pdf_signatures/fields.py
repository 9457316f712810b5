"""Empty signature fields, one for each party, set before anybody signs.

PDF/UA wants every field in the tree of tags and in the order of its page, so each is entered
there as a form element; pyHanko alone would leave it outside.
"""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    SigFieldSpec,
    append_signature_field,
    ensure_sig_flags,
    enumerate_sig_fields,
)

name = generic.NameObject


@dataclass(frozen=True)
class Box:
    """A signature field: name, text read aloud, page counted from 0, corners in points."""

    field: str
    spoken: str
    page: int
    corners: tuple


def with_fields(pdf, boxes):
    """The document (bytes) with an empty signature field for each of ``boxes``, as one update."""
    boxes = list(boxes)
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    for box in boxes:
        append_signature_field(
            writer,
            SigFieldSpec(
                box.field, on_page=box.page, box=box.corners, readable_field_name=box.spoken
            ),
        )
    widgets = {field: widget for field, _value, widget in enumerate_sig_fields(writer)}
    for box in boxes:
        tag(writer, widgets[box.field], box)
    ensure_sig_flags(writer)  # from here on, changes are only appended
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def tag(writer, widget, box):
    """Enter a field's widget into the document's tree of tags, below its root element."""
    tree = writer.root["/StructTreeRoot"]
    page_ref, _resources = writer.find_page_for_modification(box.page)
    key = tree["/ParentTreeNextKey"]
    element = generic.DictionaryObject(
        {
            name("/Type"): name("/StructElem"),
            name("/S"): name("/Form"),
            name("/P"): root_element(tree),
            name("/Pg"): page_ref,
            name("/Alt"): generic.TextStringObject(box.spoken),
            name("/K"): generic.DictionaryObject(
                {
                    name("/Type"): name("/OBJR"),
                    name("/Obj"): widget,
                    name("/Pg"): page_ref,
                }
            ),
        }
    )
    reference = writer.add_object(element)
    append_to(writer, root_element(tree).get_object(), "/K", [reference])
    append_to(writer, tree["/ParentTree"], "/Nums", [key, reference])
    widget.get_object()[name("/StructParent")] = key
    tree[name("/ParentTreeNextKey")] = generic.NumberObject(key + 1)
    page_ref.get_object()[name("/Tabs")] = name("/S")
    for changed in (tree, widget.get_object(), page_ref.get_object()):
        writer.update_container(changed)


def root_element(tree):
    """The element that holds the whole document."""
    kids = tree.raw_get("/K")
    if isinstance(kids, generic.IndirectObject) and "/S" in kids.get_object():
        return kids
    return tree["/K"].raw_get(0)


def append_to(writer, owner, key, values):
    held = owner.raw_get(key)
    found = held.get_object() if isinstance(held, generic.IndirectObject) else held
    if not isinstance(found, generic.ArrayObject):
        found = generic.ArrayObject([held])
    found.extend(values)
    if isinstance(held, generic.IndirectObject):
        writer.update_container(found)
    else:
        owner[name(key)] = found
        writer.update_container(owner)


def page_of(pdf, destination):
    """The page, counted from 0, of a named destination; raises KeyError if it is missing."""
    reader = PdfFileReader(BytesIO(pdf))
    names = list(reader.root["/Names"]["/Dests"]["/Names"])
    places = dict(zip(map(str, names[::2]), names[1::2], strict=True))
    place = places[destination].get_object()
    target = place["/D"] if isinstance(place, generic.DictionaryObject) else place
    wanted = target.raw_get(0).reference
    pages = iter(range(int(reader.root["/Pages"]["/Count"])))
    return next(n for n in pages if reader.find_page_for_modification(n)[0].reference == wanted)
