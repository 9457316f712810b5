"""Effects of a decision on a proposal: the decision letter, places, ceilings."""

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
    """Write the decision letter; the call is locked, so that numbers in a year have no gaps."""
    Call.objects.select_for_update().get(pk=proposal.call_id)
    decision = Event.objects.of(proposal).latest("position")
    year = localtime(decision.at).year
    same = Letter.objects.filter(call=proposal.call_id, year=year)
    number = same.count() + 1
    data = data_of(proposal, decision) | {"year": year, "number": number}
    letter = Letter(
        proposal=proposal,
        call_id=proposal.call_id,
        kind=data["kind"],
        year=year,
        number=number,
        data=data,
        digest=digest_of(data),
        written_at=decision.at,
    )
    move_on("write", letter)


def data_of(proposal, decision):
    """The content of the letter, with the names of this day in both languages."""
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
        "shortcomings": [row.content() for row in fresh.open_shortcomings()],
    }


def names(body, on):
    """The full name on that day in both languages; None without an organisation."""
    if body is None:
        return None
    return {"id": body.pk} | {code: body.full_name_on(on, code) for code in ("ko", "en")}


def names_of(key, on):
    return names(Organisation.objects.filter(pk=key).first(), on)


def lead_before(decision, on):
    """The previous lead ministry, from the event before; None unless the lead was changed."""
    if decision.verb != "change_lead":
        return None
    events = Event.objects.filter(subject=decision.subject, position__lt=decision.position)
    return names_of(events.latest("position").data["lead_ministry"], on)


def components(proposal, on):
    """Each component with its ministry's answer, its conditions and its effective amounts."""
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


def clear_places(proposal):
    """Clear the places in province and reserve, and the due date."""
    proposal.province_place = proposal.reserve_place = proposal.due_on = None


def set_above_ceilings(proposal):
    proposal.above_ceilings = True


def promote_from_reserve(proposal):
    """Leave the reserve and replace the proposal that was withdrawn first, if there is one."""
    Call.objects.select_for_update().get(pk=proposal.call_id)
    vacant = Proposal.objects.filter(call=proposal.call_id).vacant()
    proposal.reserve_place = None
    proposal.replaces = vacant.order_by("changed_at", "pk").first()
