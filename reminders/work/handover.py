"""Handover of a post: open work, matters held by name, deputies, last decisions."""

from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from accounts.models import Deputy, Membership
from accounts.permissions import PERMISSIONS
from agreements.models import Delegation
from foundation.engine.workflow import WORKFLOWS, readable
from foundation.models import Event
from foundation.web.bulk import make_each

from .bulk_handover import HANDED, KIND

SOON = 30  # days before the end of a post from which on it is shown on the first page
SHOWN = 20  # decisions; half as many posts
MOST = 100  # matters handed over at once, as in any bulk move
FIELDS = {"hand_over": "colleague", "assign": "reviewer"}


def as_holder(post):
    """The holder of the post, with this post only, even if it has ended."""
    post.user.posts = [post]
    return post.user


def held(post, today):
    """Pairs of the name of a kind and a row that the holder of a post holds by name in it."""
    holder = as_holder(post)
    found = []
    for name, kind in KIND.items():
        rows = kind.open(today).permitted(holder, kind.permission)
        found += [(name, row) for row in rows.filter(**{kind.held: holder}).order_by("pk")[:MOST]]
    return found[:MOST]


def ending(user, today):
    """Ending or ended posts, whose work ``user`` may hand over, with matters held by name."""
    posts = Membership.objects.filter(organisation__in=reach(user))
    posts = posts.filter(ended(today), holds_something(today)).with_rights()
    return posts.order_by("until", "pk")[: SHOWN // 2]


def reach(user):
    """Identifiers of the organisations whose posts ``user`` may hand over."""
    rights = PERMISSIONS["accounts.hand_over_post"]
    return set().union(*(user.reach(right.roles) for right in rights))


def handovers(user, today):
    """The posts whose handover ``user`` may read: to hand it over, or as a possible successor."""
    seen = Q(organisation__in=reach(user))
    for post in user.posts:
        seen |= Q(role=post.role, organisation__in=post.reach)
    rows = Membership.objects.filter(seen).with_rights().annotate(held=how_many_held(today))
    return rows.order_by(F("until").desc(nulls_first=True), "-pk")


def ended(today):
    """The Q of posts that end soon or have ended, or whose holder has no account any more."""
    return Q(until__lte=today + timedelta(days=SOON)) | Q(user__is_active=False)


def holds_something(today):
    """The Q of posts whose holders hold a matter by name."""
    found = Q(pk__in=[])
    for right, rows, _held in held_by_each(today):
        found |= Q(Exists(rows), role__in=right.roles)
    return found


def how_many_held(today):
    """SQL of the number of matters that the holder of a post holds by name in it."""
    total = Value(0)
    for right, rows, held in held_by_each(today):
        counted = rows.values(held).annotate(count=Count("pk", distinct=True)).values("count")
        count = Coalesce(Subquery(counted), 0)
        total += Case(When(role__in=right.roles, then=count), default=0)
    return total


def held_by_each(today):
    """Yield (right, matters held by the holder of an outer post, field of the holder) by kind."""
    for kind in KIND.values():
        for right in PERMISSIONS[kind.permission]:
            place = kind.model.places[right.at]
            ways = {kind.held: OuterRef("user"), place: OuterRef("organisation")}
            yield right, kind.rows(today).order_by().filter(**ways), kind.held


def deputyships(post, today):
    """Deputyships, from today on, of the holder in this post, and those where they are deputy."""
    rows = Deputy.objects.for_list().filter(state=Deputy.State.NAMED, until__gte=today)
    mine = Q(absent=post.user, role=post.role) | Q(deputy=post.user)
    return rows.filter(mine, organisation=post.organisation_id).order_by("until", "pk")


def delegations(post, today):
    """The delegations of signature to the holder by the organisation, now or later."""
    rows = Delegation.objects.for_list().filter(person=post.user, until__gte=today)
    rows = rows.filter(organisation=post.organisation_id, state=Delegation.State.GRANTED)
    return rows.order_by("until", "pk")


def decisions(post, reader):
    """The holder's last events in this post, with the records that ``reader`` may see."""
    rows = Event.objects.filter(actor=post.user, organisation=post.organisation_id, role=post.role)
    events = list(readable(rows, reader).order_by("-at", "-pk")[:SHOWN])
    records = records_of(events, reader)
    for event in events:
        event.record = records.get(event.subject)
    return events


def records_of(events, reader):
    """The records of the events that ``reader`` may see, by reference."""
    keys = {}
    for event in events:
        label, _colon, pk = event.subject.partition(":")
        keys.setdefault(label, set()).add(int(pk))
    found = {}
    for label, of_kind in keys.items():
        rows = WORKFLOWS[label].model.objects.visible_to(reader).filter(pk__in=of_kind)
        found |= {row.reference: row for row in with_names(rows)}
    return found


def with_names(rows):
    """The rows with the related objects from which their names are read."""
    for way in ("for_list", "for_page", "for_work"):
        if hasattr(rows, way):
            return getattr(rows, way)()
    return rows


def hand_all(post, seen, successor, actor, today):
    """Hand the chosen matters to ``successor`` by the moves of their kinds; returns outcomes."""
    outcomes = []
    for name, keys in seen.items():
        kind, bulk = KIND[name], HANDED[name]
        move = bulk[bulk.names[0]]
        rows = kind.open(today).filter(**{kind.held: post.user}).visible_to(actor)
        data = {FIELDS[move.name]: successor.pk}
        outcomes += make_each(bulk, move, rows, keys, data, actor)
    return outcomes
