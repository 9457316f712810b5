"""Lookup paths from each kind of record to its call and its agreement."""

from dataclasses import dataclass

from agreements.models import (
    Confirmation,
    Evaluation,
    PaperSignature,
    Party,
    Remark,
    Termination,
    Version,
    YearlyReport,
)
from disbursements.models import Appropriation, CarryOver, GapResolution, Settlement, Tranche
from projects.models import (
    Condition,
    Issue,
    IssueSide,
    Position,
    Proposal,
    Question,
    Review,
    Round,
    Session,
)


@dataclass(frozen=True)
class Ways:
    """The lookup paths from a record to its call and to its agreement; empty if there is none."""

    call: str
    agreement: str = ""


def by_proposal(way=""):
    """Paths of a record that belongs to a proposal; its agreement is that of the proposal."""
    return Ways(f"{way}call", f"{way}agreement")


def by_agreement(way=""):
    return Ways(f"{way}agreement__proposal__call", f"{way}agreement")


NOWHERE = Ways("")  # a bank account belongs to an organisation only
WAYS = {
    Proposal: by_proposal(),
    Session: Ways("call"),
    **dict.fromkeys((Review, Question, Condition, Issue, Round), by_proposal("proposal__")),
    IssueSide: by_proposal("issue__proposal__"),
    Position: by_proposal("round__proposal__"),
    **dict.fromkeys((Version, Termination, YearlyReport, Appropriation), by_agreement()),
    **dict.fromkeys((Party, Remark), by_agreement("version__")),
    **dict.fromkeys((PaperSignature, Confirmation), by_agreement("party__version__")),
    Evaluation: by_agreement("report__"),
    **dict.fromkeys(
        (Tranche, CarryOver, Settlement, GapResolution), by_agreement("appropriation__")
    ),
}


def agreement_named(record):
    """The agreement of a line of money, whose own name is only that of its component; else None."""
    line = getattr(record, "appropriation", record)
    return line.agreement if isinstance(line, Appropriation) else None


def ways_of(rows):
    return WAYS.get(rows.model, NOWHERE)


def of_call(rows, call):
    return along(rows, ways_of(rows).call, call)


def of_agreement(rows, agreement):
    return along(rows, ways_of(rows).agreement, agreement)


def along(rows, way, whole):
    return rows.filter(**{way: whole}) if way else rows.none()
