"""The life of a call, of a proposal and of a ministry's review, each on one screen."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.calendar import add_working_days
from foundation.history import digest_of
from foundation.workflow import NEW, STAYS, Move, NotNow, Workflow

from .completeness import missing
from .models import Call, Proposal, Review, SupportedLine

C, P, R = Call.State, Proposal.State, Review.State


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


def freeze_revision(proposal):
    content = proposal.content()
    proposal.revisions.create(
        number=proposal.revisions.count() + 1,
        content=content,
        digest=digest_of(content),
        prepared_by=proposal.written_by,
        submitted_by=proposal.submitted_by,
        submitted_at=clock.now(),
    )


def ask_ministries(proposal):
    """Every component goes to its ministry, all in parallel, with one due date."""
    revision = proposal.revisions.latest("number")
    due = add_working_days(clock.today(), proposal.call.review_days)
    for component in proposal.components.live():
        review = Review(
            proposal=proposal,
            revision=revision,
            component=component,
            ministry=component.ministry,
            due_on=due,
        )
        REVIEW.perform("ask", review, actor=None)


def lapse_open_reviews(proposal):
    for review in proposal.reviews.filter(state__in=[R.WAITING, R.ANSWERED]).order_by("pk"):
        REVIEW.perform("lapse", review, actor=None)


def has_support(proposal):
    """At least one component is supported with money."""
    if not SupportedLine.objects.filter(
        review__proposal=proposal, review__state=R.CONFIRMED
    ).exists():
        raise NotNow(
            gettext("No ministry supports any component. Return the proposal or turn it down.")
        )


def has_an_answer(review):
    if not review.answer:
        raise NotNow(gettext("There is no answer to confirm."))


def is_overdue(review):
    """Silence may be recorded only after the due date."""
    if clock.today() <= review.due_on:
        raise NotNow(gettext("The ministry has time until %s.") % review.due_on)


def conclude_with_the_last(review):
    """When the last ministry has answered, the proposal moves by itself."""
    proposal = review.proposal
    if not proposal.reviews.filter(state__in=[R.WAITING, R.ANSWERED]).exists():
        PROPOSAL.perform("conclude", proposal, actor=None)


CALL = Workflow(
    Call,
    #    move       from        to        who may                  label
    Move("prepare", {NEW},      C.DRAFT,  "projects.manage_call",  _("Prepare a call")),
    Move("revise",  {C.DRAFT},  STAYS,    "projects.manage_call",  _("Edit the call")),
    Move("open",    {C.DRAFT},  C.OPEN,    "projects.manage_call",  _("Open the call"), tone="primary"),
    Move("amend",   {C.OPEN},   STAYS,     "projects.manage_call",  _("Change the open call"), needs_note=True),
    Move("close",   {C.OPEN},   C.CLOSED, "projects.manage_call",  _("Close the call"), needs_note=True),
)  # fmt: skip

PROPOSAL = Workflow(
    Proposal,
    #    move        from                       to              who may
    Move("begin",    {NEW},                     P.DRAFT,        "projects.write_proposal",
         _("Write a proposal"), stamps="written_by"),
    Move("revise",   {P.DRAFT, P.RETURNED},     STAYS,          "projects.write_proposal",
         _("Edit the proposal"), stamps="written_by"),
    Move("hand_over", {P.DRAFT, P.RETURNED},    STAYS,          "projects.write_proposal",
         _("Hand over to a colleague")),
    Move("submit",   {P.DRAFT, P.RETURNED},     P.IN_REVIEW,    "projects.submit_proposal",
         _("Submit"), requires=(call_accepts, is_complete), stamps="submitted_by",
         never_by=("written_by",), effects=(freeze_revision, ask_ministries), tone="primary"),
    Move("conclude", {P.IN_REVIEW},             P.REVIEWED,     None,
         _("All ministries have answered")),
    Move("return",   {P.IN_REVIEW, P.REVIEWED}, P.RETURNED,     "projects.decide_proposal",
         _("Return for revision"), needs_note=True, effects=(lapse_open_reviews,)),
    Move("select",   {P.REVIEWED},              P.SELECTED,     "projects.decide_proposal",
         _("Select"), requires=(has_support,), tone="primary"),
    Move("reject",   {P.REVIEWED},              P.NOT_SELECTED, "projects.decide_proposal",
         _("Do not select"), needs_note=True, tone="danger"),
    Move("withdraw", {P.DRAFT, P.IN_REVIEW, P.REVIEWED, P.RETURNED}, P.WITHDRAWN,
         "projects.submit_proposal", _("Withdraw"), needs_note=True,
         effects=(lapse_open_reviews,), tone="danger"),
)  # fmt: skip

REVIEW = Workflow(
    Review,
    #    move             from                    to           who may
    Move("ask",           {NEW},                  R.WAITING,   None, _("Ask the ministry")),
    Move("answer",        {R.WAITING, R.ANSWERED}, R.ANSWERED, "projects.write_review",
         pgettext_lazy("move", "Answer"), stamps="prepared_by", inside=True, tone="primary"),
    Move("send_back",     {R.ANSWERED},           R.WAITING,   "projects.confirm_review",
         _("Send back to the reviewer"), needs_note=True, inside=True),
    Move("confirm",       {R.ANSWERED},           R.CONFIRMED, "projects.confirm_review",
         _("Confirm the answer"), requires=(has_an_answer,), stamps="decided_by",
         never_by=("prepared_by",), effects=(conclude_with_the_last,), tone="primary"),
    Move("pass_over",     {R.WAITING, R.ANSWERED}, R.SILENT,   "projects.decide_proposal",
         _("Record “no opinion”"), requires=(is_overdue,), needs_note=True,
         effects=(conclude_with_the_last,)),
    Move("lapse",         {R.WAITING, R.ANSWERED}, R.LAPSED,   None, _("No longer asked")),
)  # fmt: skip
