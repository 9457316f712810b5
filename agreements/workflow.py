"""The life of a version of an agreement, and of a party's consent and signature."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.calendar import add_working_days
from foundation.history import digest_of
from foundation.workflow import NEW, STAYS, Move, NotNow, Workflow, lock
from projects import division
from projects.models import Proposal, Round
from projects.workflow import PROPOSAL, ROUND

from .drafting import fill
from .models import Agreement, Commitment, Party, Version

V, S = Version.State, Party.State


def draft(proposal, *, actor):
    """Draft the agreement of a selected proposal; each proposal has one.

    Raises PermissionDenied or NotNow.
    """
    with transaction.atomic():
        proposal = lock(proposal)
        if proposal.state != Proposal.State.SELECTED:
            raise NotNow(gettext("An agreement is drafted from a selected proposal."))
        if Agreement.objects.filter(proposal=proposal).exists():
            raise NotNow(gettext("The agreement of this proposal has been drafted already."))
        if proposal.rounds.filter(state__in=Round.UNSETTLED).exists():
            raise NotNow(gettext("Its amounts are being coordinated: settle the round first."))
        agreement = Agreement.objects.create(
            proposal=proposal,
            number=f"{proposal.first_year}-{proposal.pk:04d}",
            title=proposal.title,
            lead_ministry=proposal.lead_ministry,
        )
        version = Version(
            agreement=agreement, first_year=proposal.first_year, last_year=proposal.last_year
        )
        return AGREEMENT.perform("draft", version, actor=actor, parts=fill)


def conditions_are_settled(version):
    """Refinement comes before the agreement: every condition is met or waived."""
    left = version.agreement.proposal.conditions.unsettled().for_list().order_by("due_on", "pk")
    if places := [(said_of(condition), condition.get_absolute_url()) for condition in left]:
        raise NotNow(
            gettext("Conditions of the ministries are neither met nor waived yet."), places
        )


def said_of(condition):
    words = {"condition": condition, "state": condition.get_state_display()}
    words["ministry"] = condition.review.ministry
    return gettext("%(ministry)s: %(condition)s (%(state)s)") % words


def can_circulate(version):
    """A text needs articles, a schedule with national funds, and a party on each side."""
    roles = set(version.parties.values_list("role", flat=True))
    if not version.articles.exists():
        raise NotNow(gettext("The text has no articles."))
    if not version.schedule.filter(source="national").exists():
        raise NotNow(gettext("The schedule promises no national funds."))
    if "lead_ministry" not in roles or roles <= {"lead_ministry", "ministry"}:
        raise NotNow(gettext("A lead ministry and a local government must be parties."))


def is_waiting_for_consent(party):
    if party.version.state != V.CONSENT:
        raise NotNow(gettext("The text is not waiting for consent."))


def has_no_agreement(proposal):
    """Once an agreement is drafted, its parties decide about it and not the applicant alone."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("Its agreement is being drafted: it cannot be withdrawn any more."))


def lead_is_not_agreed(proposal):
    """Who leads stands in the text of the agreement: from then on its parties decide."""
    if Agreement.objects.filter(proposal=proposal).exists():
        raise NotNow(gettext("The agreement names the lead ministry already."))


def ends_where_an_agreement_exists(round):
    """From its draft on, the parties of the agreement decide about the amounts."""
    if Agreement.objects.filter(proposal=round.proposal).exists():
        text = gettext("%s: its agreement is being drafted; amounts change there from now on.")
        raise NotNow(text % round.proposal)


def ask_parties(version):
    days = version.agreement.proposal.call.consent_days
    each_party(version, "ask", add_working_days(clock.today(), days))


def invite_to_sign(version):
    days = version.agreement.proposal.call.signing_days
    each_party(version, "invite", add_working_days(clock.today(), days))


def each_party(version, move, due):
    def set_due(party):
        party.due_on = due

    for party in version.parties.order_by("position", "pk"):
        PARTY.perform(move, party, actor=None, change=set_due)


def start_over(version):
    """What was consented or signed was another text: every party is asked anew."""
    for party in version.parties.exclude(state=S.NAMED).order_by("position", "pk"):
        PARTY.perform("reset", party, actor=None)


def freeze_with_the_last(party):
    """When the last party has consented, the text freezes by itself."""
    if not party.version.parties.exclude(state=S.CONSENTED).exists():
        AGREEMENT.perform("freeze", party.version, actor=None)


def enter_with_the_last(party):
    """With the last signature the version is in force."""
    if not party.version.parties.exclude(state=S.SIGNED).exists():
        AGREEMENT.perform("enter", party.version, actor=None)


def freeze_text(version):
    """Names are printed as they are on the day the text freezes."""
    today = clock.today()
    for party in version.parties.prefetch_related("organisation__spells"):
        party.name_ko = party.organisation.name_on(today, "ko")
        party.name_en = party.organisation.name_on(today, "en")
        party.save(update_fields=["name_ko", "name_en"])
    version.edition += 1
    version.digest = digest_of(version.text())


def thaw(version):
    version.digest = version.resolution = ""
    version.resolved_on = None


def set_in_force_on(version):
    version.in_force_on = clock.today()


def clear_due(party):
    party.due_on = None


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


AGREEMENT = Workflow(
    Version,
    #    move         from                              to            who may
    Move("draft",     {NEW},                            V.DRAFTING,   "agreements.draft_version",
         _("Draft the agreement"), requires=(conditions_are_settled,)),
    Move("revise",    {V.DRAFTING},                     STAYS,        "agreements.draft_version",
         _("Edit the draft")),
    Move("circulate", {V.DRAFTING},                     V.CONSENT,    "agreements.draft_version",
         _("Ask the parties for consent"), requires=(can_circulate,), effects=(ask_parties,),
         tone="primary"),
    Move("recall",    {V.CONSENT, V.FROZEN, V.SIGNING}, V.DRAFTING,   "agreements.draft_version",
         _("Take back to drafting"), does=thaw, effects=(start_over,), needs_note=True),
    Move("freeze",    {V.CONSENT},                      V.FROZEN,     None,
         _("All parties consent: the text is frozen"), does=freeze_text),
    Move("resolve",   {V.FROZEN},                       V.SIGNING,    "agreements.resolve_version",
         _("Record the committee's resolution"), effects=(invite_to_sign,), tone="primary"),
    Move("enter",     {V.SIGNING},                      V.IN_FORCE,   None,
         _("All parties have signed: in force"), does=set_in_force_on,
         effects=(write_commitments,)),
)  # fmt: skip

PARTY = Workflow(
    Party,
    #    move       from                      to           who may
    Move("ask",     {S.NAMED},                S.ASKED,     None, _("Ask for consent")),
    Move("consent", {S.ASKED, S.OBJECTED},    S.CONSENTED, "agreements.consent_as_party",
         _("Consent"), requires=(is_waiting_for_consent,), does=clear_due,
         effects=(freeze_with_the_last,), tone="primary"),
    Move("object",  {S.ASKED, S.CONSENTED},   S.OBJECTED,  "agreements.consent_as_party",
         _("Object"), requires=(is_waiting_for_consent,), needs_note=True),
    Move("invite",  {S.CONSENTED},            S.INVITED,   None, _("Ask for the signature")),
    Move("sign",    {S.INVITED, S.DECLINED},  S.SIGNED,    "agreements.sign_as_party",
         _("Sign"), does=clear_due, effects=(enter_with_the_last,), tone="primary"),
    Move("decline", {S.INVITED},              S.DECLINED,  "agreements.sign_as_party",
         _("Decline to sign"), needs_note=True, tone="danger"),
    Move("reset",   {S.ASKED, S.OBJECTED, S.CONSENTED, S.INVITED, S.SIGNED, S.DECLINED},
         S.NAMED,   None, _("Asked anew, for the text has changed"), does=clear_due),
)  # fmt: skip

PROPOSAL.demand("withdraw", has_no_agreement)
PROPOSAL.demand("change_lead", lead_is_not_agreed)
ROUND.demand("propose", ends_where_an_agreement_exists)
division.leave_out(Q(agreement__isnull=False))
