"""The last signature puts a version in force; its commitments are then written once."""

from agreements.versions.models import Commitment, Party, Version
from foundation.engine.workflow import move_on
from foundation.time import clock

from . import signatures, signed_documents
from .models import PaperSignature

S = Party.State


def enter_into_force_after_last_signature(party):
    """Put the version in force once every party has signed."""
    if not party.version.parties.exclude(state=S.SIGNED).exists():
        move_on("enter", party.version)


def supersede_base_version(version):
    """Supersede the amended version, which stays readable, and conclude the amendment."""
    if version.amendment:
        move_on("supersede", version.amendment.base)
        move_on("conclude", version.amendment)


def update_lead_ministry(version):
    """Copy the lead ministry of the version in force to the agreement, for lists."""
    agreement, lead = version.agreement, version.parties.get(role=Party.Role.LEAD_MINISTRY)
    agreement.lead_ministry_id = lead.organisation_id
    agreement.save(update_fields=["lead_ministry"])


def set_in_force_on(version):
    version.in_force_on = clock.today()


def write_commitments(version):
    Commitment.objects.bulk_create(
        Commitment(
            version=version,
            component_id=line.component_id,
            fiscal_year=line.fiscal_year,
            source=line.source,
            won=line.won,
        )
        for line in version.schedule.order_by("pk")
    )


def set_document(version):
    """Make the PDF when the text is frozen, in the same transaction; it is never made again."""
    if version.state in (Version.State.FROZEN, Version.State.SIGNING):
        signed_documents.set_first(version)


def sign_on_paper(paper):
    """Record a confirmed scan as the party's signature."""

    def sign(party):
        paper.party = party
        signatures.record_paper_signature(paper)

    move_on("sign_paper", paper.party, parts=sign)


def lapse_waiting_papers(party):
    """Lapse waiting scans of a party that has signed the document itself."""
    for paper in party.papers.filter(state=PaperSignature.State.ENTERED).order_by("pk"):
        move_on("lapse", paper)
