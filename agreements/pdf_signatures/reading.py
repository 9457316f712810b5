"""Read and validate the signatures of an untrusted PDF file, as plain values.

Certificates are validated at the time that the signature itself claims: without a qualified time
stamp there is no other proof of it. Revocation is not checked over the network.
"""

import json
import logging
import re
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import cms
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from .certificates import facts
from .policy import only_signed

MOST_SIGNATURES = 60
FILES = ("agreement.json", "schedule.json")
NOT_PDF, ENCRYPTED, DAMAGED = "not_pdf", "encrypted", "damaged"


def read(pdf, anchors, *, base=0):
    """Read a PDF: its ``flaw`` if it is unreadable, else embedded files and signatures.

    ``anchors`` are trusted certificates in PEM. With ``base``, the number of bytes of an earlier
    state, ``added`` shows whether only signatures were added since.
    """
    if not re.match(rb"%PDF-[12]\.\d", pdf):
        return {"flaw": NOT_PDF}
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if reader.encrypted:
            return {"flaw": ENCRYPTED}
        return {
            "flaw": "",
            "embedded": embedded(reader),
            "signatures": signatures(reader, anchors),
            "added": added(pdf, reader, base) if base else None,
        }
    except (
        PdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ) as found:
        return {"flaw": DAMAGED, "detail": type(found).__name__}
    except RecursionError:
        return {"flaw": DAMAGED, "detail": "RecursionError"}


def embedded(reader):
    """{name: text} of the embedded files, from the newest state of the file."""
    found = {}
    try:
        names = list(reader.root["/Names"]["/EmbeddedFiles"]["/Names"])
    except (KeyError, TypeError):
        return found
    for name, place in zip(map(str, names[::2]), names[1::2], strict=True):
        if name in FILES:
            content = place.get_object()["/EF"]["/F"].data
            found[name] = content.decode("utf-8", "replace")
    return found


def signatures(reader, anchors):
    roots = [cert for pem in anchors for cert in load_certs_from_pemder_data(pem.encode())]
    found = reader.embedded_regular_signatures
    if max(len(found), reader.xrefs.total_revisions) > MOST_SIGNATURES:
        raise ValueError("too many signatures")
    if not found:
        return []
    first = min(each.signed_revision for each in found)
    last = reader.xrefs.total_revisions - 1
    foreign = [step for step in range(first, last) if not only_signed(reader, step)]
    return [one_signature(each, roots, foreign) for each in found]


def one_signature(signature, roots, foreign):
    """The facts of one signature, and one value for each thing that may be wrong with it.

    ``foreign`` are the states of the file after which more than a signature was added.
    """
    at = signature.self_reported_timestamp
    moment = at if at and at.tzinfo else datetime.now(UTC)
    context = ValidationContext(
        trust_roots=roots, moment=moment, allow_fetching=False, revocation_mode="soft-fail"
    )
    status = validate_pdf_signature(signature, context, skip_diff=True)
    return {
        "field": signature.field_name,
        "signed_at": at.isoformat() if at else "",
        "intact": bool(status.intact),
        "valid": bool(status.valid),
        "trusted": bool(status.trusted),
        "whole": status.coverage is not None and status.coverage.name.startswith("ENTIRE"),
        "only_signed_since": not any(step >= signature.signed_revision for step in foreign),
        "reason": str(signature.sig_object.get("/Reason", "")),
        "certificate": facts(signature.signer_cert.dump()),
        "certificate_pem": pem_of(signature.signer_cert),
    }


def pem_of(certificate):
    from asn1crypto import pem  # noqa: PLC0415 -- beside its one use

    return pem.armor("CERTIFICATE", certificate.dump()).decode()


def message_of(signature):
    """The signed message (CMS) without its padding of zeros."""
    content = signature.pkcs7_content
    return cms.ContentInfo.load(content).dump()


def ranges(pdf):
    """Yield byte range and message (CMS) of each signature, for other tools."""
    for each in PdfFileReader(BytesIO(pdf)).embedded_regular_signatures:
        _start, first, begin, length = [int(number) for number in each.byte_range]
        yield first, begin, length, message_of(each)


def added(pdf, reader, base):
    """Fields signed after the first ``base`` bytes, and whether only signatures were added."""
    before = PdfFileReader(BytesIO(pdf[:base]))
    known = {each.field_name for each in before.embedded_signatures}
    new = [each.field_name for each in reader.embedded_signatures if each.field_name not in known]
    steps = range(before.xrefs.total_revisions - 1, reader.xrefs.total_revisions - 1)
    if len(steps) > MOST_SIGNATURES:
        raise ValueError("too many revisions")
    return {"new": new, "only_signed": all(only_signed(reader, step) for step in steps)}


def main():
    """Read a request from standard input and answer on standard output, within resource limits."""
    import resource  # noqa: PLC0415 -- of Unix only, and of this process only
    import sys  # noqa: PLC0415

    head, _newline, pdf = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    logging.disable()
    json.dump(read(pdf, asked["anchors"], base=asked["base"]), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
