"""The document of a frozen text, and what a confirmed scan brings about."""

from foundation.engine.workflow import move_on

from .. import deeds, signatures
from ..models import PaperSignature, Version


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
