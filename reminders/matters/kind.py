"""Definition of a kind of open matter: which rows, the due day, and who must act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import cached_property, lru_cache
from operator import attrgetter

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields import DateField
from django.db.models.functions import Cast

from accounts.models import Role, held_by_another
from accounts.permissions import permitted
from agreements.models import Version
from disbursements.models import Appropriation
from foundation.engine.workflow import Workflow
from foundation.models import decreed_days
from foundation.time import clock

SIDE_BY_SIDE = (Appropriation, Version)  # several matters of one such record may be open at once
NO_DAY = Cast(Value(None), DateField())


@dataclass(frozen=True)
class Kind:
    """One kind of open matter.

    ``rows(today)`` are the open records; ``due`` is the name of the field with their due day. The
    holders of the move's permission must act, except those whom it excludes (four eyes).
    ``escalation`` are the levels who are reminded once it is overdue. A kind with ``advice`` lists
    matters of other kinds that were escalated; the escalation of those kinds sends the reminders.
    ``holder`` says who must act, to those who wait: the path to an organisation, or a role; a
    kind without one is not shown to those who wait. ``held`` is the field of the one person to
    whom a matter was handed over, while that person has the post; their deputy acts, too.
    A reminder on the due day is mailed no earlier than the time ``last_at``, in Korea.
    """

    name: str
    label: str
    rows: Callable[..., QuerySet]
    due: str | None
    workflow: Workflow
    move: str
    holder: str = ""
    held: str = ""
    escalation: tuple = ()
    advice: str = ""
    last_at: time | None = None

    @cached_property
    def model(self):
        """The model of the rows: that of the move, or the one from which it makes a record."""
        return self.rows(clock.today()).model

    @property
    def permission(self):
        """The permission of the move: its holders must act."""
        return self.workflow[self.move].permission

    @property
    def matter(self):
        """The key that distinguishes several open matters of a record; empty if it has only one."""
        return self.name if self.model in SIDE_BY_SIDE else ""

    @property
    def reminds(self):
        return bool(self.due) and not self.advice

    def open(self, today):
        return self.query_of_day(today, frozenset(decreed_days())).all()

    @cached_property
    def query_of_day(self):
        """The query of a day and its decreed holidays, cached: a page needs it up to four times."""
        return lru_cache(maxsize=2)(self.write_query)

    def write_query(self, today, decreed):
        return self.rows(today).annotate(due=F(self.due) if self.due else NO_DAY)

    def work_of(self, user, today):
        """The rows on which ``user`` can act, the first due day first."""
        return by_urgency(self.open(today).filter(pk__in=self.turns_of(user, today)))

    def awaited_by(self, user, today):
        """The rows that ``user`` may see and on which only others can act."""
        return by_urgency(self.others(self.open(today).visible_to(user), user, today))

    def others(self, rows, user, today):
        """Those of ``rows`` on which ``user`` cannot act."""
        if not user.may_somewhere(self.permission):
            return rows
        return rows.exclude(pk__in=self.turns_of(user, today))

    def turns_of(self, user, today):
        """The keys of the rows on which ``user`` can act."""
        rows = self.open(today).permitted(user, self.permission)
        barred = self.barred(user)
        return rows.exclude(barred | self.with_another(user, today)).values("pk")

    def escalated_to(self, user, permission, late, today):
        """The overdue rows (``late``, a Q) escalated to ``user``, who cannot act on them."""
        rows = self.open(today).filter(self.climbs(user, permission, late))
        return by_urgency(self.others(rows, user, today))

    def climbs(self, user, permission, late):
        """The Q of the overdue rows (``late``) that are escalated to ``user`` by a permission."""
        return late & permitted(self.model, user, permission) & ~self.barred(user)

    def barred(self, user):
        """The Q of the rows that ``user`` prepared (four eyes) or has an interest in."""
        return self.workflow.barred_rows(self.workflow[self.move], user)

    def with_another(self, user, today):
        """The Q of rows held by another person with the post whose deputy ``user`` is not."""
        if not self.held:
            return Q(pk__in=[])
        return held_by_another(user, self.permission, self.model, self.held, today)

    @property
    def never_by(self):
        return self.workflow[self.move].never_by

    def holder_of(self, record):
        """The organisation that must act, or the label of the role whose holders may act."""
        if self.holder in Role.values:
            return Role(self.holder).label
        return attrgetter(self.holder)(record) if self.holder else None


def by_urgency(rows):
    return rows.order_by(F("due").asc(nulls_last=True), "pk")
