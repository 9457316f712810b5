"""Escalation levels: who else is reminded of an overdue matter, and after how many working days.

As in practice (domain, section 5.8): first the approver of the person who has not acted, then
the coordinator. A person who is reminded anyway, because they may act, is named by no level.
"""

from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Level:
    """From ``late`` working days after the due day, holders of ``permission`` are reminded, too.

    A negative ``late`` means working days before the due day. ``advice`` says what they can do.
    ``listed``: the matter is on their first page, too; False where another kind of matter lists
    it there already. A rule may set other days (``levels``).
    """

    late: int
    permission: str
    advice: str
    listed: bool = True


def levels(escalation, climbs=None):
    """List of (rank, working days late, level); ``climbs`` are the days set by a rule.

    With fewer days than levels, the remaining levels are not reminded.
    """
    days = [level.late for level in escalation] if climbs is None else climbs
    return list(zip(count(1), days, escalation, strict=False))


COMPLETE = _("Reject it, set another day with a reason, or speak to the applicant.")
ASSIGN = _("Assign somebody else, name a deputy, or speak to the reviewer.")
GO_ON = _("Go on without the ministry: record “no opinion” with the reason, or speak to it.")
HURRY = _("See that it is answered: until then the ministry cannot go on.")
WITHDRAW = _("Wait, or withdraw the question and answer with what you know.")
RETURN = _("Speak to both sides, or return the proposal for revision.")
SPEAK = _("Speak to the province: the proposal goes on once it has recommended or not.")
CLOSE = _("Close the round by a decision, or speak to who is silent.")
DECIDE = _("Decide the issue without the position, or speak to who is silent.")
MEET = _("See that the answer says how the condition is met: until then nothing is drafted.")
MOVE_DAY = _("Speak to who must meet the condition, or move its day with a reason.")
CHECK = _("Speak to the ministry: the answer to its condition waits to be checked.")
ASK = _("Speak to the party; if it cannot consent, take the text back to drafting.")
SIGN = _("Speak to the party; until all have signed nothing is in force.")
AMEND = _("Speak to who writes the amendment, or withdraw it.")
REPORT = _("See that the year is reported: the next year's money is judged by it.")
REMIND = _("Speak to the local government, or name the matter in the coordination.")
EVALUATE = _("See that the report is evaluated, or name a deputy.")
CONFIRM = _("Speak to the party: the correction is made once all have confirmed.")
APPLY = _("See that the ministry is asked for the promise: it requests by 31 May.")
REQUEST = _("See that the ministry requests what the agreement promises.")
RECORD = _("See that the figure is recorded; what is missing shows as a gap.")
PROPOSE = _("See that a way to close the gap is proposed.")
VOTE = _("See that the council's vote is recorded; a vote of nothing is written as 0.")
MATCH = _("Speak to the local government: national funds without local funds are returned.")
BALANCE = _("Speak to both sides: the promise is not kept until the gap is closed.")
ACCEPT = _("Speak to the local government: the proposed way waits for its answer.")
PAY = _("See that the money goes out, or name a deputy.")
LATE_MONEY = _("Speak to the ministry: money that was promised is late.")
REPORT_MONTH = _("See that the month is reported, even if nothing was spent.")
UNREPORTED = _("Speak to the local government: for two months no spending was reported.")
CONTRACT = _("See that contracts are made, or foresee what is carried over.")
FORESEE = _("Ask the local government what it expects to carry over.")
CLASSIFY = _("See that the rest of the year is carried over, settled, or lapses.")
SETTLE = _("See that the settlement is reported: without it the next tranche needs a reason.")

COORDINATES, DRAFTS = "projects.decide_proposal", "agreements.draft_version"
OF_PAYER, OF_RECIPIENT = "disbursements.answer_for_payer", "disbursements.answer_for_recipient"
OVERSEES = "disbursements.oversee"

OF_REVIEW = (
    Level(1, "projects.confirm_review", ASSIGN),
    Level(3, COORDINATES, GO_ON, listed=False),
)
OF_CONFIRMATION = (Level(3, COORDINATES, GO_ON, listed=False),)
OF_QUESTION = (
    Level(1, "projects.submit_proposal", HURRY),
    Level(3, "projects.ask_question", WITHDRAW),
    Level(5, COORDINATES, RETURN),
)
OF_COMPLETION = (Level(1, COORDINATES, COMPLETE),)
OF_SCREENING = (Level(3, COORDINATES, SPEAK),)
OF_POSITION = (Level(1, "projects.coordinate_proposal", CLOSE, listed=False),)
OF_SIDE = (Level(1, COORDINATES, DECIDE, listed=False),)
OF_CONDITION = (
    Level(1, "projects.submit_proposal", MEET),
    Level(3, COORDINATES, MOVE_DAY),
)
OF_ANSWER = (Level(3, COORDINATES, CHECK),)
OF_CONSENT = (Level(1, DRAFTS, ASK),)
OF_SIGNING = (Level(1, DRAFTS, SIGN),)
OF_AMENDMENT = (Level(5, DRAFTS, AMEND),)
OF_REPORT = (
    Level(1, "agreements.submit_report", REPORT),
    Level(10, "agreements.return_report", REMIND),
)
OF_WRITING = (Level(10, "agreements.return_report", REMIND),)
OF_EVALUATION = (
    Level(1, "agreements.confirm_evaluation", EVALUATE),
    Level(5, "agreements.return_report", EVALUATE),
)
OF_EVALUATED = (Level(5, "agreements.return_report", EVALUATE),)
OF_CORRECTION = (Level(3, DRAFTS, CONFIRM),)
OF_APPLICATION = (Level(-3, OF_RECIPIENT, APPLY, listed=False),)
OF_REQUEST = (
    Level(-10, OVERSEES, REQUEST, listed=False),  # awaited from others, and not overdue
    Level(1, OF_PAYER, RECORD),
)
OF_FIGURE = (Level(1, OF_PAYER, RECORD),)
OF_COUNCIL = (
    Level(1, OF_PAYER, VOTE),
    Level(18, OVERSEES, MATCH),  # from 16 or 21 December to the middle of January
)
OF_GAP = (
    Level(5, OF_PAYER, PROPOSE),
    Level(20, OVERSEES, BALANCE),
)
OF_GAP_ANSWER = (Level(5, OVERSEES, ACCEPT),)
OF_PAYMENT = (
    Level(1, OF_PAYER, PAY),
    Level(5, OVERSEES, LATE_MONEY),
)
OF_CONTRACT = (
    Level(1, OF_RECIPIENT, CONTRACT),
    Level(10, OVERSEES, FORESEE),
)
OF_SPENDING = (
    Level(7, OF_RECIPIENT, REPORT_MONTH),
    Level(22, OVERSEES, UNREPORTED),  # then the month after is overdue as well
)
OF_BALANCE = (
    Level(3, OF_RECIPIENT, CLASSIFY),
    Level(10, OVERSEES, CLASSIFY),
)
OF_SETTLEMENT = (
    Level(1, OF_RECIPIENT, SETTLE),
    Level(14, OVERSEES, REMIND),
)
OF_ACCEPTANCE = (
    Level(1, OF_PAYER, PAY),
    Level(10, OVERSEES, LATE_MONEY),
)
