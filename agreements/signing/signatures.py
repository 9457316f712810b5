"""What puts a signature under a text: with the software's key, with another tool, or with ink."""

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

from . import signed_documents as deeds

STAMP = "agreements/typst/stamp.typ"


def sign_here(party, *, actor, signatory, office, authority, delegation=None):
    """Add the party's PAdES signature to the newest document. Call it under the party's lock."""
    signer = keys.signer_for(party.organisation)
    encoded = signer.signing_cert.dump()
    told = certificates.facts(encoded)
    now = clock.now().replace(microsecond=0)
    words = {"signatory": signatory, "office": office, "authority": authority}
    made = signed(
        deeds.content_of(deeds.newest_or_first(party.version)),
        field=party.field,
        signer=signer,
        stamp=stamp(party, told, localtime(now), **words),
        at=localtime(now),
        reason=f"{office} {signatory} ({authority})",
        timestamper=keys.timestamper(),
    )
    return write(
        party,
        actor,
        words,
        kind=Signature.Kind.PLATFORM,
        deed=deeds.store(party.version, made),
        fingerprint=told["fingerprint"],
        delegation=delegation,
        signed_at=now,
    )


def stamp(party, told, at, *, signatory, office, authority):
    """What is seen in the party's box, as a small PDF of its own."""
    with override("ko"):
        shown = {
            "head": _("Signed electronically: %s") % (party.name_ko or party.organisation),
            "name": signatory,
            "office": office,
            "authority": authority,
            "at": at.strftime("%Y-%m-%d %H:%M:%S (%Z)"),
            "certificate": f"{told['fingerprint'][:32]} {told['fingerprint'][32:]}",
        }
    return pdf(STAMP, shown, language="ko", standards=["a-3b"], tags=False)


def take_over(party, *, actor, words, content, fingerprint):
    """Store a document that the party signed with software of its own, already examined."""
    deed = deeds.store(party.version, content)
    kind = Signature.Kind.ELSEWHERE
    return write(party, actor, words, kind=kind, deed=deed, fingerprint=fingerprint)


def count_paper(paper):
    """A confirmed scan counts as the party's signature."""
    told = {name: getattr(paper, name) for name in ("signatory", "office", "authority")}
    kind = Signature.Kind.PAPER
    return write(paper.party, paper.entered_by, told, kind=kind, paper=paper)


def sign_anew(party, before):
    """The software signs a corrected edition for a party that signed here and agreed to it."""
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
    """Identifiers of the party's organisation and of those that took it over."""
    heirs = Organisation.objects.filter(predecessors=party.organisation_id)
    return {party.organisation_id, *heirs.values_list("pk", flat=True)}
