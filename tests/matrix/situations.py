"""Creates proposals and agreements in each state; gives the primary keys of related records."""

from agreements.workflow import AGREEMENT
from projects.models import Call
from projects.workflow import PROPOSAL
from tests import factories


def draft(cast, call):
    return factories.complete_proposal(cast, call)


def screening(cast, call):
    return factories.screened(cast, call)


def submitted(cast, call):
    Call.objects.filter(pk=call.pk).update(check_days=3)
    call.refresh_from_db()
    return factories.submitted(cast, call)


def in_review(cast, call):
    row = factories.questioned(cast, call)
    factories.issue(cast, row)
    factories.comment(cast, row.reviews.get(ministry="MOTIR"))
    factories.session(cast, call, row)
    return row


def reviewed(cast, call):
    row = factories.conditioned(cast, call)
    factories.round_of(cast, row)
    return row


def returned(cast, call):
    row = factories.conditioned(cast, call)
    return PROPOSAL.perform("return", row, actor=cast["coordinator"], note="보완")


def reserve(cast, call):
    def place(record):
        record.reserve_place = 1

    row = factories.reviewed(cast, call)
    return PROPOSAL.perform("reserve", row, actor=cast["coordinator"], change=place)


def selected(cast, call):
    return factories.selected(cast, call)


def not_selected(cast, call):
    row = factories.reviewed(cast, call)
    return PROPOSAL.perform("reject", row, actor=cast["coordinator"], note="순위 밖")


def withdrawn(cast, call):
    row = factories.submitted(cast, call)
    return PROPOSAL.perform("withdraw", row, actor=cast["approver"], note="포기")


PROPOSALS = {
    made.__name__: made
    for made in (
        draft,
        screening,
        submitted,
        in_review,
        reviewed,
        returned,
        reserve,
        selected,
        not_selected,
        withdrawn,
    )
}
AROUND = {
    "component": "components",
    "review": "reviews",
    "question": "questions",
    "condition": "conditions",
    "issue": "issues",
    "round": "rounds",
    "letter": "letters",
    "comment": "comments",
}


def keys_of(proposal):
    """{kind: primary key} of the first record of each kind that belongs to a proposal."""
    found = {"proposal": proposal.pk}
    for kind, relation in AROUND.items():
        if first := getattr(proposal, relation).order_by("pk").first():
            found[kind] = first.pk
    if issue := proposal.issues.first():
        found["side"] = issue.sides.order_by("pk").first().pk
    if last := proposal.rounds.first():
        found["position"] = last.positions.order_by("pk").first().pk
    if item := proposal.agenda_items.first():
        found["session"] = item.session_id
    return found


def consent(cast, call):
    version = factories.drafted(cast, call)
    return AGREEMENT.perform("circulate", version, actor=cast["coordinator"])


AGREEMENTS = {
    "drafting": factories.drafted,
    "consent": consent,
    "frozen": factories.frozen,
    "signing": factories.signing,
    "in_force": factories.in_force,
}


def keys_at(version):
    """{kind: primary key} of the first record of each kind that belongs to an agreement."""
    agreement = version.agreement
    found = {"agreement": agreement.pk, "component": agreement.proposal.components.first().pk}
    found["article"] = version.articles.order_by("pk").first().pk
    found["party"] = version.parties.get(organisation="MOTIR").pk
    if line := agreement.appropriations.order_by("pk").first():
        found["appropriation"] = line.pk
    if deed := version.deeds.order_by("pk").first():
        found["deed"] = deed.pk
    return found


ANY = ("any",)  # the state of all other kinds: one record of each
EXISTS_IN = {  # the states of the proposal or agreement in which there is one of a kind
    "proposal": (*PROPOSALS,),
    "component": (*PROPOSALS,),
    "review": (
        "in_review",
        "reviewed",
        "returned",
        "reserve",
        "selected",
        "not_selected",
        "withdrawn",
    ),
    "question": ("in_review",),
    "condition": ("reviewed", "returned"),
    "issue": ("in_review",),
    "side": ("in_review",),
    "session": ("in_review",),
    "comment": ("in_review",),
    "round": ("reviewed",),
    "position": ("reviewed",),
    "letter": ("returned", "reserve", "selected", "not_selected"),
    "agreement": (*AGREEMENTS,),
    "article": (*AGREEMENTS,),
    "party": (*AGREEMENTS,),
    "appropriation": ("in_force",),
    "deed": ("frozen", "signing", "in_force"),
}


def kinds_in(state):
    """The kinds of which there is a record in this state."""
    return {kind for kind, states in EXISTS_IN.items() if state in states}
