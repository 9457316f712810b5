"""Record signatures: made with the system's key, with another tool, or on paper."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Organisation
from agreements.keys import signing_keys as keys
from agreements.pdf_signatures import certificates
from agreements.pdf_signatures.signing import signed
from agreements.versions.models import Signature
from foundation.printing.typeset import pdf
from foundation.time import clock

from . import signed_documents

STAMP = "agreements/typst/stamp.typ"


def sign_here(party, *, actor, signatory, office, authority, delegation=None):
    """Add the party's PAdES signature to the newest document. Call it under the party's lock."""
    signer = keys.signer_for(party.organisation)
    encoded = signer.signing_cert.dump()
    certificate = certificates.facts(encoded)
    now = clock.now().replace(microsecond=0)
    words = {"signatory": signatory, "office": office, "authority": authority}
    made = signed(
        signed_documents.content_of(signed_documents.newest_or_first(party.version)),
        field=party.field,
        signer=signer,
        stamp=stamp(party, certificate, localtime(now), **words),
        at=localtime(now),
        reason=f"{office} {signatory} ({authority})",
        timestamper=keys.timestamper(),
    )
    return write(
        party,
        actor,
        words,
        kind=Signature.Kind.PLATFORM,
        deed=signed_documents.store(party.version, made),
        fingerprint=certificate["fingerprint"],
        delegation=delegation,
        signed_at=now,
    )


def stamp(party, certificate, at, *, signatory, office, authority):
    """The visible stamp in the party's signature box, as bytes of a small PDF."""
    fingerprint = certificate["fingerprint"]
    with override("ko"):
        shown = {
            "head": _("Signed electronically: %s") % (party.name_ko or party.organisation),
            "name": signatory,
            "office": office,
            "authority": authority,
            "at": at.strftime("%Y-%m-%d %H:%M:%S (%Z)"),
            "certificate": f"{fingerprint[:32]} {fingerprint[32:]}",
        }
    return pdf(STAMP, shown, language="ko", standards=["a-3b"], tags=False)


def record_external_signature(party, *, actor, words, content, fingerprint):
    """Store an examined document that the party signed with its own software."""
    deed = signed_documents.store(party.version, content)
    kind = Signature.Kind.ELSEWHERE
    return write(party, actor, words, kind=kind, deed=deed, fingerprint=fingerprint)


def record_paper_signature(paper):
    """Record the signature of a party from its confirmed scan."""
    words = {name: getattr(paper, name) for name in ("signatory", "office", "authority")}
    kind = Signature.Kind.PAPER
    return write(paper.party, paper.entered_by, words, kind=kind, paper=paper)


def sign_corrected_edition(party, before):
    """Sign a corrected edition with the system's key, with the data of signature ``before``."""
    return sign_here(
        party,
        actor=before.signed_by,
        signatory=before.signatory,
        office=before.office,
        authority=before.authority,
        delegation=before.delegation,
    )


def write(party, actor, words, *, signed_at=None, **proof):
    return party.signatures.create(
        digest=party.version.digest,
        signed_by=actor,
        signed_at=signed_at or clock.now(),
        **words,
        **proof,
    )


def bodies_of(party):
    """Identifiers of the party's organisation and of its successors."""
    heirs = Organisation.objects.filter(predecessors=party.organisation_id)
    return {party.organisation_id, *heirs.values_list("pk", flat=True)}
