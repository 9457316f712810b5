"""Who hears of silence, and when: the rungs that a late matter climbs, on working days.

As the field does it (domain, section 5.8): first whoever answers for the one who is silent,
then whoever coordinates. Where that one is told anyway, as one who may act, no rung names them.
"""

from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rung:
    """From ``late`` working days after the day, the holders of ``permission`` are told as well.

    Below zero: so many days before it. ``advice`` says what they can do about it.
    ``listed``: it stands on their first page too, unless another kind of matter lists it
    there already. A rule may name other days (``rungs``).
    """

    late: int
    permission: str
    advice: str
    listed: bool = True


def rungs(ladder, climbs=None):
    """(rank, days late, rung) of those who hear of it; ``climbs`` are other days than usual.

    If it names fewer days than there are rungs, those above them hear nothing.
    """
    days = [rung.late for rung in ladder] if climbs is None else climbs
    return list(zip(count(1), days, ladder, strict=False))


COMPLETE = _("Turn it down, set another day with a reason, or speak to the applicant.")
ASSIGN = _("Assign somebody else, name a deputy, or speak to the reviewer.")
GO_ON = _("Go on without the ministry: record “no opinion” with the reason, or speak to it.")
HURRY = _("See that it is answered: until then the ministry cannot go on.")
WITHDRAW = _("Wait, or withdraw the question and answer with what you know.")
RETURN = _("Speak to both sides, or return the proposal for revision.")
SPEAK = _("Speak to the province: the proposal goes on once it has recommended or not.")
CLOSE = _("Close the round by a decision, or speak to who is silent.")
DECIDE = _("Decide the issue without the position, or speak to who is silent.")
MEET = _("See that it is said how the condition is met: until then nothing is drafted.")
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
TELL = _("See that the month is reported, even if nothing was spent.")
UNTOLD = _("Speak to the local government: for two months nobody has said what was spent.")
CONTRACT = _("See that contracts are made, or foresee what is carried over.")
FORESEE = _("Ask the local government what it expects to carry over.")
CLASSIFY = _("See that the rest of the year is carried over, settled, or lapses.")
SETTLE = _("See that the settlement is reported: without it the next tranche needs a reason.")

COORDINATES, DRAFTS = "projects.decide_proposal", "agreements.draft_version"
OF_PAYER, OF_RECIPIENT = "disbursements.answer_for_payer", "disbursements.answer_for_recipient"
OVERSEES = "disbursements.oversee"

OF_REVIEW = (
    Rung(1, "projects.confirm_review", ASSIGN),
    Rung(3, COORDINATES, GO_ON, listed=False),
)
OF_CONFIRMATION = (Rung(3, COORDINATES, GO_ON, listed=False),)
OF_QUESTION = (
    Rung(1, "projects.submit_proposal", HURRY),
    Rung(3, "projects.ask_question", WITHDRAW),
    Rung(5, COORDINATES, RETURN),
)
OF_COMPLETION = (Rung(1, COORDINATES, COMPLETE),)
OF_SCREENING = (Rung(3, COORDINATES, SPEAK),)
OF_POSITION = (Rung(1, "projects.coordinate_proposal", CLOSE, listed=False),)
OF_SIDE = (Rung(1, COORDINATES, DECIDE, listed=False),)
OF_CONDITION = (
    Rung(1, "projects.submit_proposal", MEET),
    Rung(3, COORDINATES, MOVE_DAY),
)
OF_ANSWER = (Rung(3, COORDINATES, CHECK),)
OF_CONSENT = (Rung(1, DRAFTS, ASK),)
OF_SIGNING = (Rung(1, DRAFTS, SIGN),)
OF_AMENDMENT = (Rung(5, DRAFTS, AMEND),)
OF_REPORT = (
    Rung(1, "agreements.submit_report", REPORT),
    Rung(10, "agreements.return_report", REMIND),
)
OF_WRITING = (Rung(10, "agreements.return_report", REMIND),)
OF_EVALUATION = (
    Rung(1, "agreements.confirm_evaluation", EVALUATE),
    Rung(5, "agreements.return_report", EVALUATE),
)
OF_EVALUATED = (Rung(5, "agreements.return_report", EVALUATE),)
OF_CORRECTION = (Rung(3, DRAFTS, CONFIRM),)
OF_APPLICATION = (Rung(-3, OF_RECIPIENT, APPLY, listed=False),)
OF_REQUEST = (
    Rung(-10, OVERSEES, REQUEST, listed=False),  # awaited of others, and not late
    Rung(1, OF_PAYER, RECORD),
)
OF_FIGURE = (Rung(1, OF_PAYER, RECORD),)
OF_COUNCIL = (
    Rung(1, OF_PAYER, VOTE),
    Rung(18, OVERSEES, MATCH),  # from 16 or 21 December to the middle of January
)
OF_GAP = (
    Rung(5, OF_PAYER, PROPOSE),
    Rung(20, OVERSEES, BALANCE),
)
OF_GAP_ANSWER = (Rung(5, OVERSEES, ACCEPT),)
OF_PAYMENT = (
    Rung(1, OF_PAYER, PAY),
    Rung(5, OVERSEES, LATE_MONEY),
)
OF_CONTRACT = (
    Rung(1, OF_RECIPIENT, CONTRACT),
    Rung(10, OVERSEES, FORESEE),
)
OF_SPENDING = (
    Rung(7, OF_RECIPIENT, TELL),
    Rung(22, OVERSEES, UNTOLD),  # then the month after is late as well
)
OF_BALANCE = (
    Rung(3, OF_RECIPIENT, CLASSIFY),
    Rung(10, OVERSEES, CLASSIFY),
)
OF_SETTLEMENT = (
    Rung(1, OF_RECIPIENT, SETTLE),
    Rung(14, OVERSEES, REMIND),
)
OF_ACCEPTANCE = (
    Rung(1, OF_PAYER, PAY),
    Rung(10, OVERSEES, LATE_MONEY),
)
