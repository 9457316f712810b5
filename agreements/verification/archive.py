"""One agreement as a folder that can be checked without this software, ten years from now.

Other apps add their files with ``add_file``, for example the ledger of disbursements.
"""

import hashlib
import json
from datetime import UTC

from django.template.loader import render_to_string

from agreements.consent.models import Resolution
from agreements.keys import signing_keys as keys
from agreements.pdf_signatures.reading import ranges, read
from agreements.signing import signed_documents
from agreements.versions.document import TEXT_NAME
from agreements.versions.models import Signature
from foundation.engine.history import COVERED, canonical
from foundation.models import Event

from .check_against_record import is_public

ADDED_FILES = {}


def add_file(name, values_of):
    """Add a JSON file to every archive; ``values_of(agreement)`` returns plain values."""
    ADDED_FILES[name] = values_of


def write(agreement, folder):
    """Write everything of one agreement into an empty folder; returns the names of the files."""
    files = {}
    documents = [document(version, files) for version in versions_of(agreement)]
    files["trusted/all.pem"] = "".join(keys.anchors()).encode()
    files["history.json"] = as_json([event(each) for each in events_of(agreement)])
    files["resolutions.json"] = as_json(resolutions(agreement))
    files["commitments.json"] = as_json(commitments(agreement))
    for name, values_of in ADDED_FILES.items():
        files[name] = as_json(values_of(agreement))
    context = {"agreement": agreement, "documents": documents}
    files["CHECK.md"] = render_to_string("agreements/verification/check.md", context).encode()
    files["SHA256SUMS"] = sha256_sums(files)
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return sorted(files)


def versions_of(agreement):
    return [each for each in agreement.versions.order_by("number") if is_public(each)]


def document(version, files):
    """Add document, text, signatures and scans to ``files``; returns the values for CHECK.md."""
    name = f"{version.number}-{version.edition}"
    pdf = signed_documents.content_of(signed_documents.newest(version))
    first = version.deeds.get(edition=version.edition, number=0)
    files[f"agreement-{name}.pdf"] = pdf
    files[f"text-{name}.json"] = canonical(first.text).encode()
    files[f"schedule-{name}.json"] = canonical(first.text["schedule"]).encode()
    for paper in papers_of(version):
        files[f"scans/{paper.pk}-{paper.name}"] = bytes(paper.scan)
    return {
        "name": name,
        "version": version,
        "digest": version.digest,
        "embedded": TEXT_NAME,
        "signatures": list(signatures(name, pdf, files)),
    }


def papers_of(version):
    rows = Signature.objects.filter(party__version=version, kind=Signature.Kind.PAPER)
    rows = rows.filter(digest=version.digest).select_related("paper").order_by("pk")
    return [row.paper for row in rows]


def signatures(name, pdf, files):
    """Add message and certificate of each signature to ``files``; yields values for CHECK.md."""
    found = read(pdf, keys.anchors())["signatures"]
    for number, (each, (first, begin, length, message)) in enumerate(
        zip(found, ranges(pdf), strict=True), start=1
    ):
        files[f"signatures/{name}-{number}.p7s"] = message
        files[f"signatures/{name}-{number}.pem"] = each["certificate_pem"].encode()
        yield {
            "number": number,
            "subject": each["certificate"]["subject"],
            "fingerprint": each["certificate"]["fingerprint"],
            "first": first,
            "second": begin + 1,  # tail counts from 1
            "length": length,
        }


def events_of(agreement):
    return Event.objects.of_trees(agreement.proposal, agreement).order_by("tree", "position")


def event(row):
    """An event as docs/history.md describes it: all that the digests cover, and the digests."""
    data = {name: getattr(row, name) for name in COVERED}
    return data | {"at": row.at.astimezone(UTC).isoformat(), "data": row.data, "digest": row.digest}


def resolutions(agreement):
    """The decisions of the committee about each text, oldest first."""
    rows = Resolution.objects.filter(version__agreement=agreement).select_related("version")
    return [{"version": row.version.number} | row.content() for row in rows.order_by("pk")]


def commitments(agreement):
    columns = ("version__number", "component", "component__title", "fiscal_year", "source", "won")
    rows = []
    for version in agreement.versions.order_by("number"):
        lines = version.commitments.order_by("component", "fiscal_year", "source")
        rows += [dict(zip(columns, line, strict=True)) for line in lines.values_list(*columns)]
    return rows


def as_json(values):
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def sha256_sums(files):
    """The SHA-256 of each file, in the format of ``sha256sum -c``."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(sorted(lines, key=lambda line: line[66:])).encode()
