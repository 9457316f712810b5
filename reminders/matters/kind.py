"""What a kind of open matter is: which rows, until when, and who must act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import cached_property, lru_cache
from operator import attrgetter

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import DateField
from django.db.models.functions import Cast

from accounts.models import Membership, Role
from accounts.permissions import permitted
from agreements.models import Version
from disbursements.models import Appropriation
from foundation.engine.workflow import Workflow
from foundation.models import decreed_days
from foundation.time import clock

SIDE_BY_SIDE = (Appropriation, Version)  # of these several things may be due at once
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
    A reminder of the last day is mailed no earlier than ``last_at``, in Korea.
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
    last_at: time | None = None

    @cached_property
    def model(self):
        """Whose rows they are: the move's own, or those out of which it makes one."""
        return self.rows(clock.today()).model

    @property
    def matter(self):
        """What tells its matters from others of the same records, where these lie side by side."""
        return self.name if self.model in SIDE_BY_SIDE else ""

    @property
    def reminds(self):
        return bool(self.due) and not self.advice

    def open(self, today):
        return self.query_of_day(today, frozenset(decreed_days())).all()

    @cached_property
    def query_of_day(self):
        """The query of a day and of the holidays decreed; one page asks for it up to four times."""
        return lru_cache(maxsize=2)(self.write_query)

    def write_query(self, today, decreed):
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
        rows = self.open(today).permitted(user, self.permission)
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
