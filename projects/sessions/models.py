"""Visits and sessions on the proposals of a call: day, members, agenda, results, minutes."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.permissions import RecordQuerySet
from foundation.models import Record
from projects.calls.models import Call
from projects.proposals.models import Proposal


class SessionQuerySet(RecordQuerySet):
    def for_list(self, user):
        """With the agenda items of the proposals that ``user`` may see, as ``agenda``."""
        items = AgendaItem.objects.visible_to(user).order_by("pk").for_list()
        return self.select_related("call").prefetch_related(
            models.Prefetch("items", items, to_attr="agenda")
        )

    def for_page(self, user):
        return (
            self.for_list(user)
            .select_related("recorded_by")
            .prefetch_related(
                models.Prefetch("members", SessionMember.objects.order_by("pk")),
                models.Prefetch(
                    "supplemented_by",
                    Session.objects.visible_to(user).order_by("held_on", "pk"),
                    to_attr="later",
                ),
            )
        )


class Session(Record):
    """A visit or session that assesses proposals of a call, recorded after it was held.

    A held session and its minutes never change; additions are a new session that ``supplements``
    it. Its history is not part of the call's history, which everybody may read.
    """

    class Kind(models.TextChoices):
        WRITTEN = "written", _("written review")
        VISIT = "visit", _("site visit")
        PRESENTATION = "presentation", _("presentation")
        COMMITTEE = "committee", _("committee session")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", pgettext_lazy("session", "held")
        CANCELLED = "cancelled", _("cancelled")

    TERMS = ["kind", "held_on", "place", "supplements"]
    view_permission = "projects.view_session"
    places = {
        "applicant": "items__proposal__applicant",
        "partners": "items__proposal__partners",
        "province": "items__proposal__screened_by",
        "reviewing": "items__proposal__components__reviews__ministry",
    }

    call = models.ForeignKey(Call, models.PROTECT, related_name="sessions", verbose_name=_("call"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    held_on = models.DateField(_("day"))
    place = models.CharField(_("venue"), max_length=200, blank=True)
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplemented_by",
        verbose_name=_("supplements the session"),
    )
    state = models.CharField(max_length=20, choices=State, default="", editable=False)
    minutes = models.FileField(_("minutes"), max_length=200, blank=True, editable=False)
    minutes_name = models.CharField(max_length=200, blank=True, editable=False)
    minutes_type = models.CharField(max_length=100, blank=True, editable=False)
    minutes_size = models.PositiveBigIntegerField(default=0, editable=False)
    minutes_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    recorded_on = models.DateField(null=True, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held")
                | Q(
                    recorded_by__isnull=False,
                    recorded_on__isnull=False,
                    minutes_size__gt=0,
                    minutes_sha256__regex=r"^[0-9a-f]{64}$",
                )
                & ~Q(minutes="")
                & ~Q(minutes_name=""),
                name="session_held_has_its_minutes",
            ),
            models.CheckConstraint(
                condition=Q(recorded_on=None) | Q(recorded_on__gte=F("held_on")),
                name="session_is_recorded_after_it_was_held",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "held_on", "id"], name="session_day"),
            models.Index(fields=["call", "-held_on", "-id"], name="session_newest"),
        ]

    def __str__(self):
        return f"{capfirst(self.get_kind_display())} {self.held_on}"

    def get_absolute_url(self):
        return reverse("projects:session", args=[self.pk])

    def content(self):
        return {
            "call": self.call_id,
            "kind": self.kind,
            "held_on": str(self.held_on),
            "place": self.place,
            "supplements": self.supplements_id,
            "members": [member.content() for member in self.members.order_by("pk")],
            "items": [item.content() for item in self.items.order_by("pk")],
            "minutes": [self.minutes_name, self.minutes_size, self.minutes_sha256],
        }


class SessionMember(models.Model):
    """A member of a session; ``attended`` is set once, when the session is recorded."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        MEMBER = "member", _("member")

    session = models.ForeignKey(Session, models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=100)
    affiliation = models.CharField(_("affiliation"), max_length=200)
    role = models.CharField(_("part in the session"), max_length=20, choices=Role)
    attended = models.BooleanField(_("attended"), null=True, editable=False)

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "name", "affiliation"],
                name="session_member_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(condition=~Q(name=""), name="session_member_has_a_name"),
        ]

    def __str__(self):
        return f"{self.name} ({self.affiliation})"

    def content(self):
        return [self.name, self.affiliation, self.role, self.attended]


class AgendaItemQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("proposal").prefetch_related("proposal__applicant__spells")

    def visible_to(self, user):
        """Only items of proposals that ``user`` may see: parties read results of their own."""
        return self.filter(proposal__in=Proposal.objects.visible_to(user).values("pk"))


class AgendaItem(models.Model):
    """A proposal on the agenda; ``outcome`` is set once, when the session is recorded."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        ON_CONDITION = "on_condition", _("approved on condition")
        DEFERRED = "deferred", _("deferred")
        REJECTED = "rejected", _("rejected")
        NONE = "none", _("no decision")

    session = models.ForeignKey(Session, models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="agenda_items")
    outcome = models.CharField(_("result"), max_length=20, choices=Outcome, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "proposal"],
                name="agenda_item_once",
                deferrable=models.Deferrable.IMMEDIATE,
            )
        ]

    def __str__(self):
        return str(self.proposal)

    def content(self):
        return [self.proposal_id, self.outcome, self.note]
