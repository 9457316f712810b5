"""With the last signature a version enters into force, and its commitments are written once."""

from agreements.versions.models import Commitment, Party, Version
from foundation.engine.workflow import move_on
from foundation.time import clock

from . import signatures
from . import signed_documents as deeds
from .models import PaperSignature

S = Party.State


def enter_with_the_last(party):
    """With the last signature the version is in force."""
    if not party.version.parties.exclude(state=S.SIGNED).exists():
        move_on("enter", party.version)


def supersede_the_base(version):
    """The version that was in force stays readable and counts no more."""
    if version.amendment:
        move_on("supersede", version.amendment.base)
        move_on("conclude", version.amendment)


def name_the_lead(version):
    """Lists show the lead ministry of the version in force."""
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
    """The PDF is set when the text freezes, in the same transaction, and never set again."""
    if version.state in (Version.State.FROZEN, Version.State.SIGNING):
        deeds.set_first(version)


def count_paper(paper):
    """A confirmed scan is the party's signature."""

    def sign(party):
        paper.party = party
        signatures.count_paper(paper)

    move_on("sign_paper", paper.party, parts=sign)


def refuse_papers(party):
    """Who has signed the document itself needs no scan that still waits."""
    for paper in party.papers.filter(state=PaperSignature.State.ENTERED).order_by("pk"):
        move_on("lapse", paper)
