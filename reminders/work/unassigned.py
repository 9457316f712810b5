"""Unassigned work, whose post nobody holds: daily notices to those who can reassign it."""

from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, IntegerField, Q, Value
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, Role, User
from accounts.permissions import PERMISSIONS
from foundation.models import decreed_days
from foundation.time.calendar import is_working_day
from reminders.matters.kinds import KINDS
from reminders.outbox.recipients import SqlParams, run
from reminders.outbox.sending.rendering import in_words, write_new

COUNTED = """
    SELECT stream, place, count(DISTINCT id) FROM ({matters}) AS matter (stream, place, id)
    {at_them} GROUP BY stream, place ORDER BY place, stream
"""


@dataclass(frozen=True)
class Unassigned:
    """The number of matters of a kind at an organisation in which nobody has the post for them."""

    organisation: str
    kind: object
    count: int


def unassigned(today, organisations=None):
    """List of ``Unassigned`` of all or of some organisations, by one statement for all kinds."""
    matters, values = statement(today, frozenset(decreed_days()))
    at_them = "" if organisations is None else "WHERE place = ANY(%s)"
    values = values if organisations is None else (*values, sorted(organisations))
    with run(COUNTED.format(matters=matters, at_them=at_them), values) as rows:
        return [Unassigned(place, KINDS[number], count) for number, place, count in rows if place]


@lru_cache(maxsize=2)
def statement(today, decreed):
    """The SQL of all unassigned matters and its parameters, on a day with its decreed holidays.

    Cached: it is the same for everybody and takes a tenth of a second to compile.
    """
    sql_params = SqlParams()
    return " UNION ALL ".join(compiled(today, sql_params)), tuple(sql_params)


def compiled(today, sql_params):
    posts = Membership.objects.active(today).order_by()
    for number, kind in enumerate(KINDS):
        rows = kind.rows(today).order_by()
        places = places_of(kind.permission, rows.model)
        if kind.advice or not places:
            continue
        rows = rows.filter(~Exists(posts.holding_over_each(kind.permission, rows.model)))
        try:
            columns = (Value(number, IntegerField()), places[0], "pk")
            yield sql_params.of(rows.values_list(*columns))
        except EmptyResultSet:
            continue


def places_of(permission, model):
    """The lookup paths to the organisations in which the right to act is held."""
    return [model.places[right.at] for right in PERMISSIONS[permission] if right.at]


def notify_of_unassigned(today):
    """Write a daily notice to each who can reassign the work; returns how many are new."""
    found = {}
    for each in unassigned(today) if is_working_day(today) else ():
        found.setdefault(each.organisation, []).append(each)
    bodies = Organisation.objects.named().in_bulk(list(found))
    notices = [
        notice(person, bodies[pk], each, today)
        for pk, each in found.items()
        for person in who_can_reassign(pk, today)
    ]
    return write_new(notices)


def who_can_reassign(organisation, today):
    """The approvers of the organisation and their deputies; if it has none, the coordinators."""
    (right,) = PERMISSIONS["accounts.hand_over_post"]
    posts = Membership.objects.active(today)
    own = Q(organisation=organisation) | Q(organisation__predecessors=organisation)
    for chosen in (posts.filter(own, role__in=right.roles), posts.filter(role=Role.COORDINATOR)):
        if people := list(User.objects.acting_in(chosen, today).order_by("pk")):
            return people
    return []


def notice(person, body, found, today):
    with translation.override(person.language):
        headline = _("Work that nobody holds: %s") % body
        return in_words(
            "unheld",
            person,
            "notices/unheld",
            {"headline": headline, "found": found, "organisation": body},
            reverse("reminders:work"),
            [body.pk, str(today)],
            subject=f"accounts.organisation:{body.pk}",
            due_on=today,
            stage="news",
            written_on=today,
        )
