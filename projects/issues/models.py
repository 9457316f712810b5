"""Issues between parties: positions of the sides, options, decision and reason."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Organisation, User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from foundation.time import clock
from foundation.time.deadlines import DeadlineMixin, is_over, latest_over
from projects.proposals.models import Proposal


class IssueQuerySet(RecordQuerySet):
    def decidable(self, today):
        """Open issues whose sides have all stated their position, or whose deadline is over."""
        rows = self.filter(state=Issue.State.OPEN)
        return rows.exclude(sides__state=IssueSide.State.ASKED, due_on__gt=latest_over(today))

    def for_list(self):
        return self.select_related("proposal").prefetch_related(
            "proposal__applicant__spells",
            "proposal__components",
            models.Prefetch("sides", IssueSide.objects.order_by("pk").for_list()),
        )

    def for_page(self):
        return self.for_list().prefetch_related(
            "raised_by", "decided_by", "chosen", models.Prefetch("options", in_order())
        )


class Issue(DeadlineMixin, Record):
    """A disagreement (쟁점) on a proposal, heard from every side and decided by a coordinator.

    It stays open when the proposal is returned for revision, and lapses when the proposal ends.
    Once it is closed it never changes; triggers enforce that.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("issue", "open")
        DECIDED = "decided", _("decided")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LAPSED = "lapsed", _("lapsed")

    view_permission = "projects.view_issue"
    part_of = "proposal"
    places = {
        "sides": "sides__organisation",
        "applicant": "proposal__applicant",
        "partners": "proposal__partners",
        "province": "proposal__screened_by",
        "reviewing": "proposal__components__reviews__ministry",
    }

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="issues")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what is disputed"))
    about = models.CharField(_("about"), max_length=60)
    raised_on = models.DateField(default=clock.today, editable=False)
    due_on = models.DateField(_("positions until"))
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    decision = models.TextField(_("decision"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    chosen = models.ForeignKey(
        "IssueOption", models.PROTECT, null=True, related_name="+", verbose_name=_("chosen option")
    )
    changed = models.CharField(_("what it changes"), max_length=60, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_on = models.DateField(null=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="issue_says_what_is_disputed"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("raised_on")), name="issue_is_due_after_it_is_raised"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided")
                | Q(decided_by__isnull=False, decided_on__isnull=False)
                & ~Q(decision="")
                & ~Q(reason=""),
                name="issue_decided_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(raised_by=F("decided_by")),
                name="issue_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on", "id"], name="issue_due")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("projects:issue", args=[self.pk])

    @property
    def components(self):
        """The components that it may be about."""
        return self.proposal.components_in_order()

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def deadline(self):
        return self.due_on if self.is_open else None

    def can_be_decided(self, today):
        """Whether all sides have spoken, or their time is over; ``decidable`` in SQL."""
        awaited = any(side.state == IssueSide.State.ASKED for side in self.sides.all())
        return self.is_open and (not awaited or is_over(self.due_on, today))

    def content(self):
        return {
            "title": self.title,
            "text": self.text,
            "about": self.about,
            "raised_on": str(self.raised_on),
            "due_on": str(self.due_on),
            "options": [[option.pk, option.text] for option in self.options.order_by("pk")],
            "sides": sorted(self.sides.values_list("organisation", flat=True)),
            "decision": self.decision,
            "reason": self.reason,
            "chosen": self.chosen_id,
            "changed": self.changed,
            "decided_on": self.decided_on and str(self.decided_on),
        }


class IssueOption(models.Model):
    """A possible solution of an issue; never changed, since positions refer to it."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="options")
    text = models.CharField(_("option"), max_length=300)

    class Meta:
        verbose_name = _("option")
        constraints = [
            models.UniqueConstraint(fields=["issue", "text"], name="issue_option_once"),
            models.CheckConstraint(condition=~Q(text=""), name="issue_option_says_something"),
        ]

    def __str__(self):
        return self.text


def in_order():
    return IssueOption.objects.order_by("pk")


class IssueSideQuerySet(RecordQuerySet):
    def for_list(self):
        return self.select_related("favours", "written_by").prefetch_related("organisation__spells")

    def for_work(self):
        return self.for_list().select_related("issue__proposal")


class IssueSide(Record):
    """One party of an issue and its position; a missing position is recorded as silent."""

    class State(models.TextChoices):
        ASKED = "asked", _("position awaited")
        STATED = "stated", _("position stated")
        HEARD = "heard", _("heard")
        SILENT = "silent", _("no position stated")

    view_permission = "projects.view_issue"
    part_of = "issue"
    places = {"organisation": "organisation"} | {
        name: f"issue__{path}" for name, path in Issue.places.items()
    }

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="issue_sides")
    position = models.TextField(_("position"), blank=True)
    favours = models.ForeignKey(
        IssueOption, models.PROTECT, null=True, related_name="+", verbose_name=_("favoured option")
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    written_at = models.DateTimeField(null=True, editable=False)

    objects = IssueSideQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("issue", "position")
        constraints = [
            models.UniqueConstraint(fields=["issue", "organisation"], name="issue_side_once"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["stated", "heard"],
                    written_by__isnull=False,
                    written_at__isnull=False,
                )
                & ~Q(position="")
                | ~Q(state__in=["stated", "heard"]) & Q(position="", written_by=None),
                name="issue_side_position_has_a_writer",
            ),
        ]

    def __str__(self):
        return str(self.issue)

    def get_absolute_url(self):
        return f"{self.issue.get_absolute_url()}#side-{self.pk}"

    def content(self):
        return {
            "organisation": self.organisation_id,
            "position": self.position,
            "favours": self.favours_id,
            "written_by": self.written_by_id,
        }
