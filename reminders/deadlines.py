"""Every kind of open matter: which rows, until when, and who must act; one table."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import DateField
from django.utils.translation import gettext_lazy as _

from agreements.models import Party, Version
from agreements.workflow import AGREEMENT, PARTY
from disbursements.models import Appropriation, Tranche
from disbursements.workflow import APPROPRIATION, TRANCHE
from foundation.workflow import Workflow
from projects.models import Proposal, Review
from projects.workflow import PROPOSAL, REVIEW

NO_DAY = Value(None, output_field=DateField())


@dataclass(frozen=True)
class Kind:
    """One kind of open matter.

    ``rows(today)`` are the open ones; ``due`` names their day; the holders of
    ``permission`` must act, but for those whom the move itself bars (four eyes).
    ``holder`` names the organisation that holds it up, for those who wait.
    """

    name: str
    label: str
    rows: Callable[..., QuerySet]
    due: str | None
    permission: str
    workflow: Workflow
    move: str | None
    holder: str = ""

    def open(self, today):
        return self.rows(today).annotate(due=F(self.due) if self.due else NO_DAY)

    def work_of(self, user, today):
        """What ``user`` can do something about, most urgent first."""
        rows = self.open(today).permitted(user, self.permission)
        return rows.exclude(self.barred(user)).order_by(F("due").asc(nulls_last=True), "pk")

    def awaited_by(self, user, today):
        """What ``user`` may see and somebody else must act on."""
        mine = self.rows(today).permitted(user, self.permission).values("pk")
        rows = self.open(today).visible_to(user).exclude(pk__in=mine)
        return rows.order_by(F("due").asc(nulls_last=True), "pk")

    def barred(self, user):
        """The rows of which ``user`` prepared what is to be decided."""
        barred = Q(pk__in=[])
        for field in self.never_by:
            barred |= Q(**{field: user})
        return barred

    @property
    def never_by(self):
        return self.workflow[self.move].never_by if self.move else ()


def reviews(state):
    return lambda today: Review.objects.for_list().filter(state=state)


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


def tranches(state):
    return lambda today: Tranche.objects.for_list().filter(state=state)


def unvoted(today):
    """National funds of this fiscal year on which nothing is recorded yet."""
    lines = Appropriation.objects.for_list().filter(state="open", balance__votes=0)
    return lines.filter(fiscal_year=today.year, source="national")


KINDS = (
    #    name          label                          rows                     due
    Kind("draft",      _("Finish the draft"),         open_drafts,             "call__closes_on",
         "projects.write_proposal",  PROPOSAL,  "revise"),
    Kind("submit",     _("Submit the proposal"),      open_drafts,             "call__closes_on",
         "projects.submit_proposal", PROPOSAL,  "submit"),
    Kind("returned",   _("Revise and submit again"),  proposals("returned"),   None,
         "projects.write_proposal",  PROPOSAL,  "revise", "applicant"),
    Kind("resubmit",   _("Submit the new revision"),  proposals("returned"),   None,
         "projects.submit_proposal", PROPOSAL,  "submit"),
    Kind("review",     _("Answer the ministry's part"), reviews("waiting"),    "due_on",
         "projects.write_review",    REVIEW,    "answer", "ministry"),
    Kind("confirm",    _("Confirm the answer"),       reviews("answered"),     "due_on",
         "projects.confirm_review",  REVIEW,    "confirm", "ministry"),
    Kind("decide",     _("Select or turn down"),      proposals("reviewed"),   None,
         "projects.decide_proposal", PROPOSAL,  "select"),
    Kind("to_draft",   _("Draft the agreement"),      proposals("selected", agreement=None), None,
         "agreements.draft_version", AGREEMENT, "draft"),
    Kind("drafting",   _("Finish the text and ask for consent"), versions("drafting"), None,
         "agreements.draft_version", AGREEMENT, "circulate"),
    Kind("consent",    _("Consent to the text"),      parties("asked", "objected"), "due_on",
         "agreements.consent_as_party", PARTY,  "consent", "organisation"),
    Kind("resolve",    _("Record the resolution"),    versions("frozen"),      None,
         "agreements.resolve_version", AGREEMENT, "resolve"),
    Kind("sign",       _("Sign the agreement"),       parties("invited", "declined"), "due_on",
         "agreements.sign_as_party", PARTY,     "sign", "organisation"),
    Kind("vote",       _("Record what was voted"),    unvoted,                 None,
         "disbursements.record_vote", APPROPRIATION, "vote"),
    Kind("grant",      _("Decide on the tranche"),    tranches("requested"),   "due_on",
         "disbursements.grant_tranche", TRANCHE, "grant", "payer"),
    Kind("pay",        _("Pay the tranche"),          tranches("granted"),     "due_on",
         "disbursements.pay_tranche", TRANCHE,  "pay", "payer"),
)  # fmt: skip
