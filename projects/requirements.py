"""What must be true before a record of this room moves; each requirement refuses in words."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from foundation.engine.workflow import NotNow
from foundation.templatetags.house import day
from foundation.time import clock
from foundation.time.calendar import working_day_from

from .completeness import missing
from .envelopes import exceeded_by
from .models import (
    Condition,
    IssueSide,
    Proposal,
    Review,
    Round,
)
from .standing import (
    lines_of,
    national_of,
)

P, R = Proposal.State, Review.State
COORDINATED = (P.REVIEWED, P.RESERVE, P.SELECTED)
UNDO = timedelta(hours=24)
DISPUTABLE = (P.IN_REVIEW, P.REVIEWED, P.RETURNED, P.RESERVE, P.SELECTED)


def is_complete(proposal):
    """A proposal lacks nothing; what it lacks is listed with links to the places."""
    fresh = Proposal.objects.for_page().get(pk=proposal.pk)
    if complaints := missing(fresh):
        places = [(complaint.text, complaint.place) for complaint in complaints]
        raise NotNow(gettext("Before this can be submitted, mend what is listed."), places)


def call_accepts(proposal):
    """The first submission falls into the call's window; a returned proposal may come later."""
    if proposal.state == P.DRAFT and not proposal.call.accepts_on(clock.today()):
        raise NotNow(gettext("The call accepts no proposals today."))


def time_to_complete_is_over(proposal):
    """What is returned is turned down only once the day to complete it has passed."""
    last = proposal.due_on and working_day_from(proposal.due_on)
    if proposal.state == P.RETURNED and last and clock.today() <= last:
        raise NotNow(gettext("The applicant may complete it until %s.") % day(last))


def may_be_taken_back(proposal):
    """A submission is undone within a day, while nobody has worked on it and the call is open."""
    submitted = proposal.revisions.latest("number").submitted_at
    if clock.now() > submitted + UNDO:
        raise NotNow(gettext("A submission can be taken back within 24 hours only."))
    if proposal.reviews.filter(moves_made__gt=1).exists() or proposal.province_place:
        raise NotNow(gettext("Somebody has begun to work on it. Ask the coordinator to return it."))
    if not proposal.call.accepts_on(clock.today()):
        raise NotNow(
            gettext("The call is closed: what is taken back could not be submitted again.")
        )


def is_within_ceilings(proposal):
    """The national funds supported fit into what is left of each ministry's ceiling.

    Above them, the budget officer decides first, on the record. The ceilings stay held until
    the move is made, so that two selections at once do not both take what is left.
    """
    refuse_above_ceilings(proposal)


def fits_the_ceilings(round):
    """The amounts of a selected project stay within the ceilings, also when a round changes them.

    Before the selection nothing is promised, and the selection itself asks.
    """
    if round.proposal.state == P.SELECTED:
        refuse_above_ceilings(round.proposal, national_of(round))


def refuse_above_ceilings(proposal, wanted=None):
    if proposal.above_ceilings:
        return
    if found := exceeded_by(proposal, wanted):
        places = [
            (said_of(envelope), reverse("coordination", args=[proposal.pk])) for envelope in found
        ]
        text = gettext("Above the ceilings of ministries. The budget officer may allow it.")
        raise NotNow(text, places)


def said_of(envelope):
    return gettext("%(ceiling)s: %(mine)s won wanted, %(left)s left") % {
        "ceiling": envelope.ceiling,
        "mine": f"{envelope.mine:,}",
        "left": f"{envelope.room:,}",
    }


def has_support(proposal):
    """At least one component is supported with money."""
    if not lines_of(proposal):
        raise NotNow(
            gettext("No ministry supports any component. Return the proposal or turn it down.")
        )


def has_an_answer(review):
    if not review.answer:
        raise NotNow(gettext("There is no answer to confirm."))


def has_all_marks(review):
    """Whoever owns the component has marked it by every criterion of the call."""
    wanted = review.proposal.call.criteria.count()
    if review.answer != Review.Answer.NOT_OURS and review.marks.count() != wanted:
        raise NotNow(gettext("Marks are missing. Send it back, so that every criterion has one."))


def has_its_conditions(review):
    """Conditions come with an acceptance, each with an owner among the parties and a day ahead."""
    conditions, answer = list(review.conditions.all()), Review.Answer(review.answer)
    if answer == Review.Answer.CONDITIONS and not conditions:
        raise NotNow(gettext("The conditions are missing. Send it back, so that they are written."))
    if conditions and answer not in Review.WITH_CONDITIONS:
        raise NotNow(gettext("This answer cannot have conditions. Send it back."))
    if any(condition.due_on < clock.today() for condition in conditions):
        raise NotNow(gettext("The day of a condition has passed. Send it back for a later one."))
    proposal = review.proposal
    parties = {proposal.applicant_id, *proposal.partners.values_list("pk", flat=True)}
    if any(condition.owner_id not in parties for condition in conditions):
        raise NotNow(gettext("A condition is for the applicant or a partner. Send it back."))


def may_be_met(condition):
    """Conditions are answered in the refinement, once all ministries have given their answers."""
    if condition.proposal.state not in Condition.FROM:
        raise NotNow(gettext("Conditions are answered once every ministry has answered."))


def may_still_be_asked(question):
    """A question helps an answer that is still to come, and no longer one that is prepared."""
    if question.review.state != R.WAITING:
        raise NotNow(gettext("The ministry has answered; nothing can be asked any more."))


def its_time_runs(review):
    """While a question is open no day counts; the days waited are given back afterwards."""
    if review.stopped_on:
        raise NotNow(gettext("The ministry waits for the answer to its question."))


def is_overdue(review):
    """Silence may be recorded only after the due date, and not while a question is open.

    A component that its ministry has disowned waits for nobody.
    """
    if review.state == R.DISOWNED:
        return
    its_time_runs(review)
    if clock.today() <= review.due_on:
        raise NotNow(gettext("The ministry has time until %s.") % review.due_on)


def is_with_ministries(issue):
    """An issue is raised while its proposal is with the ministries, or after, until it ends."""
    if issue.proposal.state not in DISPUTABLE:
        raise NotNow(gettext("Only a proposal that ministries were asked about has issues."))


def has_heard_all(issue):
    """Every side has stated its position, or the day for it has passed."""
    silent = issue.sides.filter(state=IssueSide.State.ASKED).exists()
    if silent and clock.today() <= issue.due_on:
        raise NotNow(gettext("Not every side has spoken; they have time until %s.") % issue.due_on)


def day_has_come(session):
    if session.held_on > clock.today():
        text = gettext(
            "The session is planned for %s. Record it once it was held, or change the day."
        )
        raise NotNow(
            text % session.held_on,
            [(gettext("Move the session to another day"), at(session, "redate"))],
        )


def has_an_agenda(session):
    """Somebody sat in it, and something was on its agenda."""
    if not session.members.exists() or not session.items.exists():
        text = gettext("Before this can be recorded, name the members and the agenda.")
        raise NotNow(text, [(gettext("Change the plan"), at(session, "revise"))])


def at(session, move):
    return reverse("move-session", args=[session.pk, move])


def may_be_coordinated(round):
    """A round is proposed once the ministries have answered, until the project is out."""
    if round.proposal.state not in COORDINATED:
        raise NotNow(gettext("Amounts are coordinated once all ministries have answered."))


def nobody_is_awaited(round):
    """A decision takes the place of agreement only after an objection, or after the due date."""
    if not round.awaits_nobody:
        raise NotNow(gettext("The parties have time until %s.") % round.due_on)


def its_round_is_open(position):
    """A party may change its mind until everybody has answered or the round is over."""
    if position.round.state != Round.State.OPEN:
        raise NotNow(gettext("This round is over; nothing can be answered any more."))
