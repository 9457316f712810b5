"""Who hears of silence, and when: the rungs that a late matter climbs, on working days."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rung:
    """From ``late`` working days after the day, the holders of ``permission`` are told as well.

    ``advice`` says what they can do about it. ``listed``: it stands on their first page
    too, unless another kind of matter lists it there already.
    """

    late: int
    permission: str
    advice: str
    listed: bool = True


ASSIGN = _("Assign somebody else, name a deputy, or speak to the reviewer.")
GO_ON = _("Go on without the ministry: record “no opinion” with the reason, or speak to it.")
HURRY = _("See that it is answered: until then the ministry cannot go on.")
WITHDRAW = _("Wait, or withdraw the question and answer with what you know.")
RETURN = _("Speak to both sides, or return the proposal for revision.")
SPEAK = _("Speak to the province: the proposal goes on once it has recommended or not.")

OF_REVIEW = (
    Rung(1, "projects.confirm_review", ASSIGN),
    Rung(3, "projects.decide_proposal", GO_ON, listed=False),
)
OF_CONFIRMATION = (Rung(3, "projects.decide_proposal", GO_ON, listed=False),)
OF_QUESTION = (
    Rung(1, "projects.submit_proposal", HURRY),
    Rung(3, "projects.ask_question", WITHDRAW),
    Rung(5, "projects.decide_proposal", RETURN),
)
OF_SCREENING = (Rung(3, "projects.decide_proposal", SPEAK),)
