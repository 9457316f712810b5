"""Every kind of open matter: which rows, until when, and who must act; one table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import attrgetter

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import DateField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role
from accounts.permissions import permitted
from agreements.workflow import (
    AGREEMENT,
    CONFIRMATION,
    DELEGATION,
    EVALUATION,
    PAPER,
    PARTY,
    REMARK,
    REPORT,
    TERMINATION,
)
from disbursements.bank.workflow import BANK_ACCOUNT, BANK_LINE, PAYMENT_BATCH
from disbursements.workflow import (
    APPROPRIATION,
    CARRY_OVER,
    GAP_RESOLUTION,
    SETTLEMENT,
    TRANCHE,
)
from foundation import clock
from foundation.calendar import add_working_days, working_day_from, working_days_between
from foundation.workflow import Workflow
from projects.workflow import (
    CONDITION,
    ISSUE,
    ISSUE_SIDE,
    POSITION,
    PROPOSAL,
    QUESTION,
    REVIEW,
    ROUND,
    SESSION,
)

from . import ladders
from .matters import (
    amendments,
    answers_to_check,
    bank_accounts,
    carry_overs,
    confirmations,
    ending_delegations,
    evaluations,
    gap_resolutions,
    heard_issues,
    next_in_reserve,
    next_years_lines,
    open_conditions,
    open_drafts,
    overdue_rounds,
    papers,
    parties,
    payable,
    positions,
    proposals,
    questions,
    remarks,
    reports,
    requestable,
    reviews,
    rounds,
    run_out,
    settlements,
    silent_reviews,
    silent_sides,
    terminations,
    to_draft,
    tranches,
    unmatched_batches,
    unrecorded_sessions,
    unreported,
    unreported_years,
    unresolved_gaps,
    unsent_batches,
    unsettled,
    unsigned,
    unvoted,
    versions,
)

NO_DAY = Cast(Value(None), DateField())


@dataclass(frozen=True)
class Kind:
    """One kind of open matter.

    ``rows(today)`` are the open ones; ``due`` names their day; the holders of
    ``permission`` must act, but for those whom the move itself bars (four eyes).
    ``ladder`` names who hears of it once it is late. A kind with ``advice`` lists what climbed
    up to its people from other kinds; the ladders of those send the reminders.
    ``holder`` says for whom others wait: the way to an organisation, or a role; a kind
    without one is shown to nobody who waits. ``held`` names the field of the one person to
    whom a matter was handed over, while that person has the post; who stands in for them acts too.
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
    ladder: tuple = ()
    advice: str = ""

    @cached_property
    def model(self):
        """Whose rows they are: the move's own, or those out of which it makes one."""
        return self.rows(clock.today()).model

    @property
    def reminds(self):
        return bool(self.due) and not self.advice

    def open(self, today):
        return self.rows(today).annotate(due=F(self.due) if self.due else NO_DAY)

    def work_of(self, user, today):
        """What ``user`` can do something about, most urgent first."""
        return by_urgency(self.open(today).filter(pk__in=self.turns_of(user, today)))

    def awaited_by(self, user, today):
        """What ``user`` may see and only somebody else can do something about."""
        return by_urgency(self.others(self.open(today).visible_to(user), user, today))

    def others(self, rows, user, today):
        """Those of ``rows`` on which it is the turn of others alone."""
        if not user.may_somewhere(self.permission):
            return rows
        return rows.exclude(pk__in=self.turns_of(user, today))

    def turns_of(self, user, today):
        """The keys of the rows on which it is the turn of ``user``."""
        rows = self.rows(today).permitted(user, self.permission)
        barred = self.barred(user)
        return rows.exclude(barred | self.with_another(user, today)).values("pk")

    def escalated_to(self, user, permission, late, today):
        """The ``late`` rows that have climbed to ``user``, whose turn it is not."""
        rows = self.open(today).filter(self.climbs(user, permission, late))
        return by_urgency(self.others(rows, user, today))

    def climbs(self, user, permission, late):
        """The Q of the ``late`` rows of which ``user`` hears by a right, and may decide."""
        return late & permitted(self.model, user, permission) & ~self.barred(user)

    def barred(self, user):
        """The rows of which ``user`` prepared what is to be decided, or has an interest in."""
        return self.workflow.barred_rows(self.workflow[self.move], user)

    def with_another(self, user, today):
        """The rows in the hands of somebody who has the post and for whom ``user`` does not act."""
        if not self.held:
            return Q(pk__in=[])
        posts = Membership.objects.active(today).holding_over_each(self.permission, self.model)
        theirs = posts.filter(user=OuterRef(self.held))
        mine = theirs.filter(pk__in=[post.pk for post in user.posts])
        return Q(Exists(theirs)) & ~Q(Exists(mine))

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


def latest_due(today, late):
    """The last day that, had it been a deadline, would be ``late`` working days past.

    Below zero: that would be so many working days ahead.
    """
    day = today if late > 0 else add_working_days(today, 1 - late)
    while days_left(day, today) > -late:
        day -= timedelta(days=1)
    return day


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
         "projects.screen_proposal", PROPOSAL,  "recommend", "screened_by",
         ladder=ladders.OF_SCREENING),
    Kind("check",      _("Check whether it is complete"), proposals("submitted"), "due_on",
         "projects.decide_proposal", PROPOSAL,  "accept", "coordinator"),
    Kind("review",     _("Answer the ministry's part"), reviews("waiting"),    "due_on",
         "projects.write_review",    REVIEW,    "answer", "ministry", "assigned_to",
         ladders.OF_REVIEW),
    Kind("confirm",    _("Confirm the answer"),       reviews("answered"),     "due_on",
         "projects.confirm_review",  REVIEW,    "confirm", "ministry",
         ladder=ladders.OF_CONFIRMATION),
    Kind("question",   _("Answer the ministry's question"), questions,         "due_on",
         "projects.answer_question", QUESTION,  "answer", "proposal.applicant",
         ladder=ladders.OF_QUESTION),
    Kind("disowned",   _("Ask another ministry"),     reviews("disowned"),     None,
         "projects.decide_proposal", REVIEW,    "reroute", "coordinator"),
    Kind("silence",    _("Record “no opinion”"),      silent_reviews,          "due_on",
         "projects.decide_proposal", REVIEW,    "pass_over", "ministry", advice=ladders.GO_ON),
    Kind("position",   _("Accept the proposed amounts, or object"), positions, "round__due_on",
         "projects.take_position",   POSITION,  "accept", "organisation",
         ladder=ladders.OF_POSITION),
    Kind("objected",   _("Propose other amounts, or close the round"), rounds("objected"), None,
         "projects.coordinate_proposal", ROUND, "propose", "coordinator"),
    Kind("late_round", _("Close the round by a decision"), overdue_rounds,     None,
         "projects.coordinate_proposal", ROUND, "decide"),
    Kind("decide",     _("Select or turn down"),      proposals("reviewed"),   None,
         "projects.decide_proposal", PROPOSAL,  "select", "coordinator"),
    Kind("side",       _("State the position"),       silent_sides,            "issue__due_on",
         "projects.state_position",  ISSUE_SIDE, "state", "organisation", ladder=ladders.OF_SIDE),
    Kind("issue",      _("Decide the issue"),         heard_issues,            None,
         "projects.decide_proposal", ISSUE,     "decide", "coordinator"),
    Kind("unrecorded", _("Record the session"),       unrecorded_sessions,     "held_on",
         "projects.manage_call",     SESSION,   "hold", "coordinator"),
    Kind("condition",  _("Say how the condition is met"), open_conditions,     "due_on",
         "projects.fulfil_condition", CONDITION, "fulfil", "owner", ladder=ladders.OF_CONDITION),
    Kind("settle",     _("Decide whether the condition is met"), answers_to_check, "check_due_on",
         "projects.settle_condition", CONDITION, "settle", "review.ministry",
         ladder=ladders.OF_ANSWER),
    Kind("promote",    _("Select the next of the reserve"), next_in_reserve,   None,
         "projects.decide_proposal", PROPOSAL,  "promote", "coordinator"),
    Kind("to_draft",   _("Draft the agreement"),      to_draft,                None,
         "agreements.draft_version", AGREEMENT, "draft", "coordinator"),
    Kind("drafting",   _("Finish the text and ask for consent"), versions("drafting"), None,
         "agreements.draft_version", AGREEMENT, "circulate", "coordinator"),
    Kind("remark",     _("Answer a party's remark"),  remarks,                 "due_on",
         "agreements.settle_remark", REMARK,    "settle", "coordinator"),
    Kind("consent",    _("Consent to the text"),      parties("asked", "objected"), "due_on",
         "agreements.consent_as_party", PARTY,  "consent", "organisation",
         ladder=ladders.OF_CONSENT),
    Kind("objection",  _("Take back to drafting"),    parties("objected", "declined"), None,
         "agreements.draft_version", AGREEMENT, "recall"),
    Kind("resolve",    _("Record the resolution"),    versions("frozen"),      "taken_up_on",
         "agreements.resolve_version", AGREEMENT, "resolve", "coordinator"),
    Kind("sign",       _("Sign the agreement"),       unsigned,                   "due_on",
         "agreements.sign_as_party", PARTY,     "sign", "organisation", ladder=ladders.OF_SIGNING),
    Kind("amendment",  _("Write the amendment"),      amendments,              "amendment__due_on",
         "agreements.write_amendment", AGREEMENT, "amend", "amendment.organisation",
         ladder=ladders.OF_AMENDMENT),
    Kind("suspended",  _("Resume or terminate"),      versions("suspended"),   None,
         "agreements.suspend_version", AGREEMENT, "resume", "agreement.lead_ministry"),
    Kind("complete",   _("Complete the agreement"),   run_out,                 None,
         "agreements.complete_version", AGREEMENT, "complete", "coordinator"),
    Kind("terminate",  _("Decide on the termination"), terminations,           "due_on",
         "agreements.end_agreement", TERMINATION, "decide", "coordinator"),
    Kind("report",     _("Begin the yearly report"),  unreported_years,        "report_due",
         "agreements.write_report",  REPORT,    "begin", "agreement.proposal.applicant",
         ladder=ladders.OF_REPORT),
    Kind("reporting",  _("Write the report"),         reports("draft"),        "due_on",
         "agreements.write_report",  REPORT,    "write", "agreement.proposal.applicant",
         ladder=ladders.OF_WRITING),
    Kind("send_report", _("Submit the report"),       reports("draft"),        "due_on",
         "agreements.submit_report", REPORT,    "submit"),
    Kind("evaluate",   _("Write the evaluation"),     evaluations("asked"),    "due_on",
         "agreements.write_evaluation", EVALUATION, "evaluate", "organisation",
         ladder=ladders.OF_EVALUATION),
    Kind("evaluated",  _("Confirm the evaluation"),   evaluations("written"),  "due_on",
         "agreements.confirm_evaluation", EVALUATION, "confirm", "organisation",
         ladder=ladders.OF_EVALUATED),
    Kind("paper",      _("Compare and confirm a scan"), papers,                "party__due_on",
         "agreements.confirm_paper", PAPER,     "confirm", "party.organisation"),
    Kind("delegation", _("Delegate the signature anew, or let it end"), ending_delegations, "until",
         "agreements.grant_delegation", DELEGATION, "grant"),
    Kind("correction", _("Confirm a correction"),     confirmations,           "due_on",
         "agreements.confirm_correction", CONFIRMATION, "confirm", "party.organisation",
         ladder=ladders.OF_CORRECTION),
    Kind("vote",       _("Record what was voted"),    unvoted,                 None,
         "disbursements.record_vote", APPROPRIATION, "vote", "payer"),
    Kind("ask",        _("Request the promise in the budget"), next_years_lines("requested"),
         "figure_due", "disbursements.record_vote", APPROPRIATION, "record", "payer",
         ladder=ladders.OF_REQUEST),
    Kind("figure",     _("Record a figure of the budget"), next_years_lines("bill", "voted"),
         "figure_due", "disbursements.record_vote", APPROPRIATION, "record", "payer",
         ladder=ladders.OF_FIGURE),
    Kind("gap",        _("Propose how the gap is closed"), unresolved_gaps,    "gap_day",
         "disbursements.resolve_gap", GAP_RESOLUTION, "propose", "payer", ladder=ladders.OF_GAP),
    Kind("gap_answer", _("Answer how the gap is closed"), gap_resolutions,     "due_on",
         "disbursements.accept_gap", GAP_RESOLUTION, "accept", "appropriation.recipient",
         ladder=ladders.OF_GAP_ANSWER),
    Kind("request",    _("Request a tranche"),        requestable,             None,
         "disbursements.request_tranche", TRANCHE, "request", "recipient"),
    Kind("grant",      _("Decide on the tranche"),    tranches("requested"),   "due_on",
         "disbursements.grant_tranche", TRANCHE, "grant", "appropriation.payer",
         ladder=ladders.OF_PAYMENT),
    Kind("pay",        _("Pay the tranche"),          payable,                 "due_on",
         "disbursements.pay_tranche", TRANCHE,  "pay", "appropriation.payer",
         ladder=ladders.OF_PAYMENT),
    Kind("execute",    _("Report execution"),         unreported,              None,
         "disbursements.report_execution", APPROPRIATION, "execute", "recipient"),
    Kind("carry_over", _("Decide on the carry-over"), carry_overs,             "due_on",
         "disbursements.decide_carry_over", CARRY_OVER, "approve", "appropriation.payer",
         ladder=ladders.OF_ACCEPTANCE),
    Kind("unsettled",  _("Report the settlement"),    unsettled,               "settle_by",
         "disbursements.report_settlement", SETTLEMENT, "report", "recipient",
         ladder=ladders.OF_SETTLEMENT),
    Kind("sent_back",  _("Report the settlement anew"), settlements("sent_back"), "due_on",
         "disbursements.report_settlement", SETTLEMENT, "report", "appropriation.recipient",
         ladder=ladders.OF_SETTLEMENT),
    Kind("settlement", _("Accept the settlement"),    settlements("reported"), "due_on",
         "disbursements.accept_settlement", SETTLEMENT, "accept", "appropriation.payer",
         ladder=ladders.OF_ACCEPTANCE),
    Kind("receive",    _("Record the return"),        settlements("accepted"), "due_on",
         "disbursements.accept_settlement", SETTLEMENT, "receive", "appropriation.payer"),
    Kind("bank_account", _("Confirm or refuse the bank account"), bank_accounts, None,
         "disbursements.confirm_bank_account", BANK_ACCOUNT, "confirm", "organisation"),
    Kind("batch",      _("Send the payment batch"),   unsent_batches,          None,
         "disbursements.pay_tranche", PAYMENT_BATCH, "send", "payer"),
    Kind("unmatched",  _("Settle what did not match"), unmatched_batches,      None,
         "disbursements.pay_tranche", BANK_LINE, "settle", "payer"),
)  # fmt: skip
