"""Compare a PDF with the database: agreement, text, document and signatures."""

import hashlib

from django.utils.translation import gettext as _

from agreements.keys import signing_keys as keys
from agreements.pdf_signatures.sandbox import read_in_sandbox
from agreements.versions.models import Agreement, Signature, Version
from foundation.engine.history import digest_of
from projects.models import Source

from .check_report import no_party_named, report_of

V = Version.State
MOST = 2**15


def is_public(version):
    """Whether a version is or was in force, so that anybody may look it up by its number."""
    return version.state not in (V.DRAFTING, V.CONSENT, V.FROZEN, V.SIGNING, V.DROPPED, "")


def check_file(pdf):
    """Check a PDF from anybody: read it in the sandbox, then compare it with the record."""
    return compare(report_of(read_in_sandbox(pdf, keys.anchors())), pdf)


def compare(report, pdf):
    """Add the result of the comparison to a report: state, faults, paper signatures."""
    if not report.text:
        return report
    version = version_named(report.text)
    if version is None:
        report.faults.append(_("There is no agreement with this number and version here."))
        return report
    first = version.deeds.filter(edition=edition_of(report.text), number=0).first()
    known = first is not None and first.digest == report.digest
    if not known and not is_public(version):
        report.faults.append(_("The record holds no such text of this agreement."))
        return report
    report.record = facts(version, report.text, known)
    if first is None or not known:
        report.faults += differences(report.text, first.text if first else version.text())
    else:
        report.faults += list(differing_bytes(version, first.edition, pdf))
        name_signatories(report, version)
    if known and first.edition < version.edition:
        report.faults.append(
            _("This edition is void: the text was corrected or drafted again since.")
        )
    return report


def version_named(text):
    """The version that a text names, or None; values outside the column's range find None."""
    number, version = text["number"].replace("\x00", ""), text["version"]
    rows = Version.objects.select_related("agreement").filter(agreement__number=number)
    return rows.filter(number=version).first() if 0 < version < MOST else None


def edition_of(text):
    return text["edition"] if 0 < text["edition"] < MOST else 0


def facts(version, text, known):
    papers = []
    if known:
        given = signatures_under(version, digest_of(text))
        papers = given.filter(kind=Signature.Kind.PAPER)
    return {
        "state": version.get_state_display(),
        "code": version.state,
        "words": _("version %(number)s, edition %(edition)s; in force since %(day)s")
        % {
            "number": version.number,
            "edition": version.edition,
            "day": version.in_force_on or "–",
        },
        "in_force_on": version.in_force_on,
        "papers": [paper_words(signature) for signature in papers],
        "same_text": known,
    }


def signatures_under(version, digest):
    return (
        Signature.objects.filter(party__version=version, digest=digest)
        .select_related("party__organisation", "paper", "delegation")
        .order_by("party__position", "pk")
    )


def paper_words(signature):
    return {
        "party": signature.party.name,
        "organisation": signature.party.organisation_id,
        "signatory": f"{signature.signatory}, {signature.office}",
        "number": signature.paper.document_number,
        "signed_on": signature.paper.signed_on,
        "sha256": signature.paper.sha256,
    }


def differences(text, held):
    """Yield where two texts differ, never the content of the record there."""
    for name, words in (
        ("title", _("The title differs from the record.")),
        ("years", _("The period differs from the record.")),
        ("parties", _("The parties differ from the record.")),
        ("edition", _("The edition differs from the record.")),
        ("area", _("The area differs from the record.")),
        ("heirs", _("Who answers for a divided ministry differs from the record.")),
    ):
        if text.get(name) != held.get(name):
            yield words
    yield from different_articles(text["articles"], held["articles"])
    yield from different_amounts(text["schedule"], held["schedule"])


def different_articles(found, held):
    ours = {row[0]: row for row in held}
    theirs = {row[0]: row for row in found}
    for number in sorted({*ours, *theirs}, key=str):
        if ours.get(number) != theirs.get(number):
            yield _("Article %s differs from the record.") % number


def different_amounts(found, held):
    ours, theirs = amounts(held), amounts(found)
    titles = {row["component"]: row["title"] for row in [*found, *held]}
    for key in sorted({*ours, *theirs}, key=str):
        if ours.get(key) != theirs.get(key):
            component, year, source = key
            words = {"title": titles[component], "year": year, "source": label(source)}
            yield (
                _("The amount of “%(title)s”, %(year)s, %(source)s differs from the record.")
                % words
            )


def amounts(schedule):
    return {
        (row["component"], year, source): won
        for row in schedule
        for year, source, won in row["lines"]
    }


def label(source):
    return dict(Source.choices).get(source, source)


def differing_bytes(version, edition, pdf):
    """Yield nothing if the file is a document of the record, else where it first differs."""
    digest = hashlib.sha256(pdf).hexdigest()
    rows = version.deeds.filter(edition=edition)
    if rows.filter(sha256=digest).exists():
        return
    newest = rows.newest_first().first()
    place = first_difference(pdf, bytes(newest.pdf))
    if place is None:
        yield _("Something was added at the end of the document that is not in the record.")
    else:
        words = {"place": f"{place:,}", "number": signed_before(version, edition, place)}
        yield (
            _(
                "The file differs from the record from byte %(place)s on; up to there it is the"
                " document with %(number)s signatures."
            )
            % words
        )


def first_difference(pdf, held):
    """Offset of the first differing byte; None if the file only has more at its end."""
    if pdf.startswith(held):
        return None
    low, high = 0, min(len(pdf), len(held))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if pdf[:middle] == held[:middle] else (low, middle - 1)
    return low


def signed_before(version, edition, place):
    rows = version.deeds.filter(edition=edition, size__lte=place)
    found = rows.order_by("-number").values_list("number", flat=True).first()
    return found or 0


def name_signatories(report, version):
    """Name signatories as in the record; a signature that is not in the record is a fault."""
    rows = signatures_under(version, report.digest)
    known = {row.fingerprint: row for row in rows if row.fingerprint}
    papers = {row["organisation"] for row in report.on_paper}
    for signature in report.signatures:
        row = known.get(signature.certificate["fingerprint"])
        if row is None:
            signature.faults.append(_("The record knows no such signature."))
            continue
        signature.organisation, signature.party = row.party.organisation_id, row.party.name
        signature.words = f"{row.office} {row.signatory} ({row.authority})"
        signature.faults = [each for each in signature.faults if each != no_party_named()]
    signed = {signature.organisation for signature in report.signatures} | papers
    names = {row[0]: row[2] for row in report.text["parties"]}
    report.unsigned = [name for key, name in names.items() if key not in signed]


def by_number(number):
    """The newest version that is or was in force of the agreement with this number, or None."""
    agreement = Agreement.objects.filter(number=number.strip().replace("\x00", "")).first()
    if agreement is None:
        return None
    versions = agreement.versions.select_related("agreement").order_by("-number")
    return next((version for version in versions if is_public(version)), None)
