"""What follows from a decision on a proposal: places freed, ceilings, the decision letter."""

from django.utils.timezone import localtime

from accounts.models import Organisation
from foundation.engine.history import digest_of
from foundation.engine.workflow import move_on
from foundation.models import Event
from projects.calls.models import Call
from projects.coordination.effective_amounts import lines_of
from projects.proposals.models import Proposal

from .models import Letter

K = Letter.Kind
KIND_OF = {
    "pass_by": K.NOT_RECOMMENDED,
    "return": K.RETURNED,
    "select": K.SELECTED,
    "promote": K.SELECTED,
    "reserve": K.RESERVE,
    "reject": K.NOT_SELECTED,
    "change_lead": K.LEAD_CHANGED,
}


def write_letter(proposal):
    """Numbered within the call and the year while the call is held, so that none is left out."""
    Call.objects.select_for_update().get(pk=proposal.call_id)
    decision = Event.objects.of(proposal).latest("position")
    year = localtime(decision.at).year
    same = Letter.objects.filter(call=proposal.call_id, year=year)
    number = same.count() + 1
    said = said_of(proposal, decision) | {"year": year, "number": number}
    letter = Letter(
        proposal=proposal,
        call_id=proposal.call_id,
        kind=said["kind"],
        year=year,
        number=number,
        said=said,
        digest=digest_of(said),
        written_at=decision.at,
    )
    move_on("write", letter)


def said_of(proposal, decision):
    """Everything the letter says, with names in both languages as they are on this day."""
    fresh = Proposal.objects.for_page().get(pk=proposal.pk)
    on = localtime(decision.at).date()
    revision = max(fresh.revisions.all(), key=lambda row: row.number, default=None)
    return {
        "kind": str(KIND_OF[decision.verb]),
        "on": str(on),
        "call": {"id": fresh.call_id, "ko": fresh.call.title_ko, "en": fresh.call.title_en},
        "proposal": {"id": fresh.pk, "title": fresh.title, "years": [*fresh.years]},
        "revision": revision and {"number": revision.number, "digest": revision.digest},
        "recipient": names(fresh.applicant, on),
        "partners": [names(partner, on) for partner in fresh.partners.all()],
        "decided_by": {
            "name": decision.actor_name,
            "role": decision.role,
            "organisation": names_of(decision.organisation, on),
        },
        "reason": decision.note,
        "place": fresh.reserve_place,
        "from_reserve": decision.verb == "promote",
        "lead_ministry": names(fresh.lead_ministry, on),
        "lead_before": lead_before(decision, on),
        "components": list(components(fresh, on)),
        "shortcomings": [row.content() for row in fresh.standing_shortcomings()],
    }


def names(body, on):
    """The full name of that day in both languages, for a reader of either."""
    if body is None:
        return None
    return {"id": body.pk} | {code: body.full_name_on(on, code) for code in ("ko", "en")}


def names_of(key, on):
    return names(Organisation.objects.filter(pk=key).first(), on)


def lead_before(decision, on):
    """The lead ministry that a change replaces, as the event before left it."""
    if decision.verb != "change_lead":
        return None
    events = Event.objects.filter(subject=decision.subject, position__lt=decision.position)
    return names_of(events.latest("position").data["lead_ministry"], on)


def components(proposal, on):
    """Each component with its ministry's answer, conditions, and the amounts that stand now."""
    reviews = {review.component_id: review for review in proposal.current_reviews()}
    supported = {}
    for line in lines_of(proposal):
        supported.setdefault(line.component, []).append(line)
    for component in proposal.live_components():
        review = reviews.get(component.pk)
        answered = review is not None and review.state == review.State.CONFIRMED
        yield {
            "title": component.title,
            "ministry": names(component.ministry, on),
            "state": review.state if review else "",
            "answer": review.answer if answered else "",
            "reason": review.reason if answered else "",
            "asked": amounts(component.plain_lines()),
            "supported": amounts(supported.get(component.pk, ())),
            "conditions": [terms(row, on) for row in review.conditions.all()] if answered else [],
        }


def amounts(lines):
    return sorted([line.year, line.source, line.won] for line in lines)


def terms(condition, on):
    return {
        "text": condition.text,
        "owner": names(condition.owner, on),
        "due_on": str(condition.due_on),
    }


def free_the_places(proposal):
    """Whoever is out takes no place from others; nothing is due any more."""
    proposal.province_place = proposal.reserve_place = proposal.due_on = None


def allow_above_ceilings(proposal):
    proposal.above_ceilings = True


def leave_the_reserve(proposal):
    """Whoever is promoted takes the place of the one that withdrew first, if there is one."""
    Call.objects.select_for_update().get(pk=proposal.call_id)
    vacant = Proposal.objects.filter(call=proposal.call_id).vacant()
    proposal.reserve_place = None
    proposal.replaces = vacant.order_by("changed_at", "pk").first()
