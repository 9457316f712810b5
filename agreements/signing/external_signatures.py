"""Check that a document signed with another tool is the newest one plus one signature."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Organisation
from agreements.keys import signing_keys as keys
from agreements.pdf_signatures.sandbox import MOST_BYTES, read_in_sandbox

from . import signed_documents
from .signatures import bodies_of

__all__ = ["MOST_BYTES", "Refused", "examine"]


class Refused(Exception):
    """Why a file is refused, and what to do about it."""


@dataclass(frozen=True)
class Examined:
    """Result of the check; ``base``: SHA-256 of the document to which the signature was added."""

    base: str
    fingerprint: str


def examine(party, deed, content):
    """Check an uploaded PDF against the newest document; raises Refused, stores nothing."""
    if deed is None:
        raise Refused(_("There is no document to sign yet. Sign here instead."))
    original = signed_documents.content_of(deed)
    if content == original:
        raise Refused(
            _("This is the document without your signature. Sign it first, then upload it.")
        )
    if not content.startswith(original):
        raise Refused(why_not_the_newest(party, content))
    found = read_in_sandbox(content, keys.anchors(), base=deed.size)
    if found["flaw"]:
        raise Refused(_("The file cannot be read as a PDF. Sign the newest document again."))
    return Examined(deed.sha256, fingerprint_of(party, found))


def why_not_the_newest(party, content):
    """The reason: the file extends an earlier state of the document, or none of its states."""
    for earlier in party.version.deeds.newest_first().iterator(chunk_size=1):
        if content.startswith(signed_documents.content_of(earlier)):
            return _(
                "This is an earlier state of the document: others have signed since, or it was"
                " corrected. Download the newest one and sign that."
            )
    return _(
        "This is not the document of this agreement, or it was saved again and not only signed."
        " Download the newest one and add your signature without changing anything else."
    )


def fingerprint_of(party, found):
    """Fingerprint of the certificate of the one new signature; raises :class:`Refused`."""
    if len(found["added"]["new"]) != 1:
        raise Refused(
            _("The file holds %s new signatures; exactly one is taken, that of your party.")
            % len(found["added"]["new"])
        )
    if not found["added"]["only_signed"]:
        raise Refused(
            _(
                "More than a signature was added to the document."
                " Download it again and only sign it."
            )
        )
    new = next(each for each in found["signatures"] if each["field"] in found["added"]["new"])
    if new["field"] != party.field:
        raise Refused(_("The signature is in another party's field. Sign in your own field."))
    if not (new["intact"] and new["valid"] and new["whole"]):
        raise Refused(_("The signature is broken: it does not match the document. Sign it again."))
    if not new["trusted"]:
        raise Refused(
            _("The certificate “%s” does not come from an authority that is trusted here.")
            % new["certificate"]["subject"]
        )
    if not keys.owner_of(bodies_of(party), new["certificate"]):
        raise Refused(wrong_owner_message(party, new["certificate"]))
    return new["certificate"]["fingerprint"]


def wrong_owner_message(party, certificate):
    named = Organisation.objects.filter(pk=certificate["organisation"] or None).first()
    return _("The certificate belongs to %(owner)s and not to %(party)s.") % {
        "owner": named or certificate["subject"],
        "party": party.name,
    }
