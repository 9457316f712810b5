"""The entries of the ledger, which is append-only."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from foundation.time import clock

from .lines import Appropriation
from .stages import OF_NOTHING, ROADS, Account, CarryKind, Stage


def new_key():
    return uuid.uuid4().hex


def a_known_road():
    """The condition that stage and accounts are those of a row of ``ROADS``."""
    roads = Q()
    for stage, leaves, enters, _whose in ROADS:
        roads |= Q(stage=stage.value, leaves=leaves.value, enters=enters.value)
    return roads


class EntryQuerySet(models.QuerySet):
    def update(self, **changes):
        raise TypeError("The ledger is append-only.")

    def delete(self):
        raise TypeError("The ledger is append-only.")


class Entry(models.Model):
    """One entry of the ledger: won leave one account and enter another. Never changed: a
    mistake is corrected by the opposite entry.

    ``as_of`` is the day for which the figure is valid; ``evidence`` names the document or the
    system it was taken from; ``key`` is unique, so that an entry counts once. What is carried
    in has as its ``twin`` what was carried out the year before.
    """

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="entries")
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    leaves = models.CharField(_("leaves"), max_length=20, choices=Account)
    enters = models.CharField(_("enters"), max_length=20, choices=Account)
    won = models.BigIntegerField(_("won"))
    tranche = models.ForeignKey("Tranche", models.PROTECT, null=True, related_name="entries")
    mends = models.OneToOneField("self", models.PROTECT, null=True, related_name="mended_by")
    twin = models.OneToOneField("self", models.PROTECT, null=True, related_name="comes_in_as")
    carry_kind = models.CharField(
        _("kind of carry-over"), max_length=20, choices=CarryKind, blank=True
    )
    key = models.CharField(max_length=160, default=new_key)
    as_of = models.DateField(_("as of"))
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        constraints = [
            models.UniqueConstraint(fields=["key"], name="entry_key_once"),
            models.CheckConstraint(
                condition=~Q(won=0) | Q(stage__in=[stage.value for stage in OF_NOTHING]),
                name="entry_moves_something",
            ),
            models.CheckConstraint(
                condition=Q(won__gte=0) | Q(mends__isnull=False), name="entry_below_zero_mends"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["granted", "revoked", "paid"]) | Q(tranche__isnull=False),
                name="entry_names_its_tranche",
            ),
            models.CheckConstraint(condition=a_known_road(), name="entry_takes_a_known_road"),
            models.CheckConstraint(
                condition=Q(stage__in=["carried_in", "carried_out"]) ^ Q(carry_kind=""),
                name="entry_of_a_carry_names_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(stage="carried_in") ^ Q(twin=None), name="entry_carried_in_has_a_twin"
            ),
        ]
        indexes = [
            models.Index(fields=["appropriation", "-id"], name="entry_newest"),
            models.Index(fields=["appropriation", "stage", "-id"], name="entry_of_stage"),
        ]

    def __str__(self):
        return f"{self.get_stage_display()} {self.won}"
