"""Report on a checked PDF: is it the agreement it claims to be, and if not, what is wrong?

Three sources are compared: the signatures in the file, the text embedded in it, and the record
in the database, where there is one. The content of the record is never shown to a person who
does not have it already: of a text that differs, only the place is named.
"""

import json
from dataclasses import dataclass, field

from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.pdf_signatures.reading import FILES
from foundation.engine.history import canonical, digest_of

TEXT_FILE, SCHEDULE_FILE = FILES


@dataclass
class SignatureCheck:
    """One signature in the file: party, signatory, time, certificate, and its faults."""

    organisation: str
    party: str
    words: str
    signed_at: object
    certificate: dict
    faults: list = field(default_factory=list)

    @property
    def holds(self):
        return not self.faults


@dataclass
class CheckReport:
    """Result of a check. ``flaw``: why the file is unreadable; ``faults``: what is wrong in it."""

    flaw: str = ""
    text: dict = field(default_factory=dict)
    digest: str = ""
    signatures: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    unsigned: list = field(default_factory=list)
    record: dict | None = None  # None: it was not compared with a record

    @property
    def holds(self):
        """Whether there is at least one signature and nothing is wrong."""
        return bool(self.signatures or self.on_paper) and not self.wrong

    @property
    def wrong(self):
        return bool(self.flaw or self.faults or any(not each.holds for each in self.signatures))

    @property
    def on_paper(self):
        return (self.record or {}).get("papers", [])


def report_of(found):
    """The report on the result of ``reading.read``, without comparing it with the record."""
    if found["flaw"]:
        return CheckReport(flaw=flaw_message(found["flaw"]))
    report = CheckReport()
    read_text(report, found["embedded"])
    names = names_of(report.text)
    report.signatures = [signature_check_of(each, names) for each in found["signatures"]]
    signed = {signature.organisation for signature in report.signatures}
    report.unsigned = [name for key, name in names.items() if key not in signed]
    return report


def flaw_message(flaw):
    return {
        "not_pdf": _("This is no PDF file. Choose the PDF of the agreement."),
        "encrypted": _("The PDF is protected by a password; an agreement never is."),
        "damaged": _("The PDF is damaged: it cannot be read. Its signatures cannot be checked."),
        "too_large": _("The file is larger than 20 MB; no agreement is."),
        "too_much": _("Reading this file takes more time or memory than any agreement does."),
        "busy": _("Many files are being checked just now. Try again in a minute."),
    }[flaw]


def read_text(report, embedded):
    """Read the embedded text and its digest into the report; compare the embedded schedule."""
    if TEXT_FILE not in embedded:
        report.faults.append(
            _("The file holds no text of an agreement: it was not made by this software.")
        )
        return
    try:
        text = json.loads(embedded[TEXT_FILE])
    except (ValueError, RecursionError):
        text = None
    if not is_well_formed(text):
        report.faults.append(_("The text embedded in the file is damaged."))
        return
    report.text, report.digest = text, digest_of(text)
    if embedded.get(SCHEDULE_FILE) != canonical(text["schedule"]):
        report.faults.append(_("The amounts embedded in the file differ from those in its text."))


SHAPE = {"number": str, "version": int, "edition": int, "title": str, "years": list}
ROWS = {"parties": (str, str, str, str), "articles": (int, str, str, str, str)}
LINE = (int, str, int)


def is_well_formed(text):
    """Whether an embedded text has the required keys and types; further keys are allowed."""
    return (
        isinstance(text, dict)
        and all(isinstance(text.get(name), kind) for name, kind in SHAPE.items())
        and all(has_rows(text.get(name), kinds) for name, kinds in ROWS.items())
        and isinstance(text.get("schedule"), list)
        and all(is_schedule(row) for row in text["schedule"])
    )


def has_rows(rows, kinds):
    return isinstance(rows, list) and all(
        isinstance(row, list)
        and len(row) >= len(kinds)
        and all(isinstance(cell, kind) for cell, kind in zip(row, kinds, strict=False))
        for row in rows
    )


def is_schedule(row):
    return (
        isinstance(row, dict)
        and isinstance(row.get("component"), int)
        and isinstance(row.get("title"), str)
        and has_rows(row.get("lines"), LINE)
    )


def names_of(text):
    """{organisation: name of the party} in the reader's language."""
    place = 3 if (get_language() or "ko").startswith("en") else 2
    return {row[0]: str(row[place] or row[2]) for row in text.get("parties", [])}


def signature_check_of(found, names):
    certificate = found["certificate"]
    signature = SignatureCheck(
        organisation=certificate["organisation"],
        party=names.get(certificate["organisation"]) or certificate["subject"],
        words=found["reason"],
        signed_at=parse_datetime(found["signed_at"]) if found["signed_at"] else None,
        certificate=certificate,
    )
    signature.faults = list(faults_of(found, certificate["organisation"] in names))
    return signature


def faults_of(found, named):
    if not found["intact"]:
        yield _("Bytes that this signature covers were changed after signing.")
    elif not found["valid"]:
        yield _("The signature is broken.")
    if not found["whole"]:
        yield _("The signature does not cover the whole document as it stood then.")
    if not found["only_signed_since"]:
        yield _("Something else than signatures was added after this one.")
    if found["intact"] and found["valid"] and not found["trusted"]:
        yield _("The certificate does not come from a trusted authority, or had ended.")
    if not named:
        yield no_party_named()


def no_party_named():
    return _("The certificate names no party of this agreement.")


def lines_of(report):
    """The report as lines for a terminal."""
    if report.flaw:
        yield report.flaw
        return
    if report.text:
        text = report.text
        yield _("Agreement %(number)s, version %(version)s, edition %(edition)s: %(title)s") % text
        yield f"SHA-256 {report.digest}"
    for each in report.signatures:
        mark = _("holds") if each.holds else _("DOES NOT HOLD")
        yield f"[{mark}] {each.party}: {each.words}, {each.signed_at or '–'}"
        yield f"    {each.certificate['subject']} ({each.certificate['fingerprint']})"
        yield from (f"    {fault}" for fault in each.faults)
    for name in report.unsigned:
        yield _("No signature of %s in this file.") % name
    if report.record:
        yield f"{capfirst(report.record['state'])}: {report.record['words']}"
    yield from report.faults
