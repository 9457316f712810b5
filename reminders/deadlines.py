"""Every kind of open matter: which rows, until when, and who must act; one table."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import DateField
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from agreements.models import Confirmation, PaperSignature, Party, Version
from agreements.workflow import AGREEMENT, CONFIRMATION, PAPER, PARTY
from disbursements.models import Appropriation, Tranche
from disbursements.workflow import APPROPRIATION, TRANCHE
from foundation.calendar import working_day_from, working_days_between
from foundation.workflow import Workflow
from projects.models import Proposal, Question, Review
from projects.workflow import PROPOSAL, QUESTION, REVIEW

NO_DAY = Value(None, output_field=DateField())


@dataclass(frozen=True)
class Kind:
    """One kind of open matter.

    ``rows(today)`` are the open ones; ``due`` names their day; the holders of
    ``permission`` must act, but for those whom the move itself bars (four eyes).
    ``holder`` says for whom others wait: the way to an organisation, or a role; a kind
    without one is shown to nobody who waits. ``held`` names the field of the one person to
    whom a matter was handed over, while that person is active.
    """

    name: str
    label: str
    rows: Callable[..., QuerySet]
    due: str | None
    permission: str
    workflow: Workflow
    move: str
    holder: str = ""
    held: str = ""

    def open(self, today):
        return self.rows(today).annotate(due=F(self.due) if self.due else NO_DAY)

    def work_of(self, user, today):
        """What ``user`` can do something about, most urgent first."""
        return by_urgency(self.open(today).filter(pk__in=self.turns_of(user, today)))

    def awaited_by(self, user, today):
        """What ``user`` may see and only somebody else can do something about."""
        rows = self.open(today).visible_to(user)
        return by_urgency(rows.exclude(pk__in=self.turns_of(user, today)))

    def turns_of(self, user, today):
        """The keys of the rows on which it is the turn of ``user``."""
        rows = self.rows(today).permitted(user, self.permission)
        return rows.exclude(self.barred(user)).values("pk")

    def barred(self, user):
        """The rows of which ``user`` prepared what is to be decided, or that another holds."""
        barred = Q(pk__in=[])
        for path in self.never_by:
            if "__" in path:  # many rows may lead there: asked apart, so that none is doubled
                rows = self.workflow.model.objects.filter(**{path: user})
                barred |= Q(pk__in=rows.values("pk"))
            else:
                barred |= Q(**{path: user})
        if self.held:
            active = {f"{self.held}__is_active": True}
            barred |= Q(**active) & ~Q(**{self.held: user})
        return barred

    @property
    def never_by(self):
        return self.workflow[self.move].never_by

    def holder_of(self, record):
        """The organisation that must act, or the role of which any holder may."""
        if self.holder in Role.values:
            return Role(self.holder).label
        return attrgetter(self.holder)(record) if self.holder else None


def by_urgency(rows):
    return rows.order_by(F("due").asc(nulls_last=True), "pk")


def days_left(due, today):
    """Working days until a deadline, which a holiday moves on; below zero once it has passed.

    On a weekend, a deadline of the Friday before counts as one day late.
    """
    last = working_day_from(due)
    return working_days_between(today, last) or (-1 if last < today else 0)


def reviews(state):
    """While a question is open, the time stands still and nobody in the ministry is reminded."""
    return lambda today: Review.objects.for_list().filter(state=state, stopped_on=None)


def silent_reviews(today):
    """Unanswered after their day: the coordinator may go on without the ministry."""
    rows = Review.objects.for_list().filter(state__in=["waiting", "answered"])
    return rows.filter(due_on__lt=today, stopped_on=None)


def questions(today):
    return Question.objects.for_list().filter(state="asked")


def proposals(*states, **facts):
    return lambda today: Proposal.objects.for_list().filter(state__in=states, **facts)


def open_drafts(today):
    drafts = Proposal.objects.for_list().filter(state="draft", call__state="open")
    return drafts.filter(call__closes_on__gte=today)


def versions(state):
    return lambda today: (
        Version.objects.select_related("agreement")
        .prefetch_related("agreement__lead_ministry__spells")
        .filter(state=state)
    )


def parties(*states):
    return lambda today: Party.objects.for_page().filter(state__in=states)


def papers(today):
    return PaperSignature.objects.for_page().filter(state="entered")


def confirmations(today):
    return Confirmation.objects.for_page().filter(state="asked")


def tranches(state):
    return lambda today: Tranche.objects.for_list().filter(state=state)


def national_lines(today):
    """Lines of national funds of this fiscal year."""
    lines = Appropriation.objects.for_list().filter(state="open", source="national")
    return lines.filter(fiscal_year=today.year)


def unvoted(today):
    return national_lines(today).filter(balance__votes=0)


def requestable(today):
    """Something voted is left to grant, and no request for it is open."""
    left = F("balance__voted") + F("balance__carried_in")
    lines = national_lines(today).filter(balance__granted__lt=left)
    return lines.exclude(tranches__state="requested")


def unreported(today):
    return national_lines(today).filter(balance__executed__lt=F("balance__paid"))


KINDS = (
    #    name          label                          rows                     due
    Kind("draft",      _("Finish the draft"),         open_drafts,             "call__closes_on",
         "projects.write_proposal",  PROPOSAL,  "revise", held="held_by"),
    Kind("submit",     _("Submit the proposal"),      open_drafts,             "call__closes_on",
         "projects.submit_proposal", PROPOSAL,  "submit"),
    Kind("returned",   _("Revise and submit again"),  proposals("returned"),   None,
         "projects.write_proposal",  PROPOSAL,  "revise", "applicant", "held_by"),
    Kind("resubmit",   _("Submit the new revision"),  proposals("returned"),   None,
         "projects.submit_proposal", PROPOSAL,  "submit"),
    Kind("screen",     _("Recommend to the coordinator"), proposals("screening"), "due_on",
         "projects.screen_proposal", PROPOSAL,  "recommend", "screened_by"),
    Kind("check",      _("Check whether it is complete"), proposals("submitted"), "due_on",
         "projects.decide_proposal", PROPOSAL,  "accept", "coordinator"),
    Kind("review",     _("Answer the ministry's part"), reviews("waiting"),    "due_on",
         "projects.write_review",    REVIEW,    "answer", "ministry", "assigned_to"),
    Kind("confirm",    _("Confirm the answer"),       reviews("answered"),     "due_on",
         "projects.confirm_review",  REVIEW,    "confirm", "ministry"),
    Kind("question",   _("Answer the ministry's question"), questions,         "due_on",
         "projects.answer_question", QUESTION,  "answer", "proposal.applicant"),
    Kind("disowned",   _("Ask another ministry"),     reviews("disowned"),     None,
         "projects.decide_proposal", REVIEW,    "reroute", "coordinator"),
    Kind("silence",    _("Record “no opinion”"),      silent_reviews,          None,
         "projects.decide_proposal", REVIEW,    "pass_over"),
    Kind("decide",     _("Select or turn down"),      proposals("reviewed"),   None,
         "projects.decide_proposal", PROPOSAL,  "select", "coordinator"),
    Kind("to_draft",   _("Draft the agreement"),      proposals("selected", agreement=None), None,
         "agreements.draft_version", AGREEMENT, "draft", "coordinator"),
    Kind("drafting",   _("Finish the text and ask for consent"), versions("drafting"), None,
         "agreements.draft_version", AGREEMENT, "circulate", "coordinator"),
    Kind("consent",    _("Consent to the text"),      parties("asked", "objected"), "due_on",
         "agreements.consent_as_party", PARTY,  "consent", "organisation"),
    Kind("objection",  _("Take back to drafting"),    parties("objected", "declined"), None,
         "agreements.draft_version", AGREEMENT, "recall"),
    Kind("resolve",    _("Record the resolution"),    versions("frozen"),      None,
         "agreements.resolve_version", AGREEMENT, "resolve", "coordinator"),
    Kind("sign",       _("Sign the agreement"),       parties("invited", "declined"), "due_on",
         "agreements.sign_as_party", PARTY,     "sign", "organisation"),
    Kind("paper",      _("Compare and confirm a scan"), papers,                "party__due_on",
         "agreements.confirm_paper", PAPER,     "confirm", "party.organisation"),
    Kind("correction", _("Confirm a correction"),     confirmations,           "due_on",
         "agreements.confirm_correction", CONFIRMATION, "confirm", "party.organisation"),
    Kind("vote",       _("Record what was voted"),    unvoted,                 None,
         "disbursements.record_vote", APPROPRIATION, "vote", "payer"),
    Kind("request",    _("Request a tranche"),        requestable,             None,
         "disbursements.request_tranche", TRANCHE, "request", "recipient"),
    Kind("grant",      _("Decide on the tranche"),    tranches("requested"),   "due_on",
         "disbursements.grant_tranche", TRANCHE, "grant", "appropriation.payer"),
    Kind("pay",        _("Pay the tranche"),          tranches("granted"),     "due_on",
         "disbursements.pay_tranche", TRANCHE,  "pay", "appropriation.payer"),
    Kind("execute",    _("Report execution"),         unreported,              None,
         "disbursements.report_execution", APPROPRIATION, "execute", "recipient"),
)  # fmt: skip
