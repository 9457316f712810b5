"""The recipients of reminders of open matters: one SQL statement, however many matters.

Subqueries are compiled from querysets of Django; this joins the matters with the posts that
grant a right at their organisations, and with the deputies of the holders.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Cast

from accounts.models import Deputy, Membership
from accounts.permissions import PERMISSIONS

MATTERS = """
    matter (id, due, held{columns}) AS MATERIALIZED ({matters}),
    step (due, rank, stage) AS (SELECT * FROM unnest(%s::date[], %s::int[], %s::text[])),
    post (id, person, organisation, role) AS MATERIALIZED ({posts}),
    reach (post, place) AS MATERIALIZED (SELECT id, organisation FROM post UNION {reach}),
    actor (post, person) AS MATERIALIZED (
        SELECT id, person FROM post UNION
        SELECT post.id, deputy.person
        FROM post JOIN ({deputies}) AS deputy (person, absent, organisation, role)
        ON (post.person, post.organisation, post.role) = (absent, deputy.organisation, deputy.role)
    ),
    granted (rank, matter, due, held, post) AS ({granted}),
    in_hand (matter) AS (
        SELECT granted.matter FROM granted JOIN post ON post.id = granted.post
        WHERE granted.rank = 0 AND post.person = granted.held
    ),
    barred (matter, person) AS ({barred})
"""
RECIPIENTS = """
    SELECT DISTINCT ON (granted.matter, actor.person)
        granted.matter, granted.due, step.stage, actor.person
    FROM granted
    JOIN step ON step.due = granted.due AND step.rank = granted.rank
    JOIN post ON post.id = granted.post
    JOIN actor ON actor.post = post.id
    WHERE (step.rank > 0 OR granted.held IS NULL OR post.person = granted.held
           OR granted.matter NOT IN (SELECT matter FROM in_hand))
      AND (granted.matter, actor.person) NOT IN (SELECT matter, person FROM barred)
    ORDER BY granted.matter, actor.person, step.rank
"""
EVERYWHERE = """
    SELECT {rank}, matter.id, matter.due, matter.held, post.id
    FROM matter, post WHERE post.role = ANY(%s)
"""
AT_A_PLACE = """
    SELECT {rank}, matter.id, matter.due, matter.held, post.id
    FROM matter
    JOIN reach ON reach.place = matter.{column}
    JOIN post ON post.id = reach.post AND post.role = ANY(%s)
"""
NOBODY = "SELECT NULL::bigint, NULL::bigint WHERE false"


@dataclass(frozen=True)
class ReminderRequest:
    """Matters of a kind, and the steps by which their recipients are found.

    ``steps`` are (due day, rank, stage); rank 0 are those who must act, ``permissions[rank]`` is
    the permission of a rank. A recipient of two ranks gets the reminder of the lower rank.
    """

    kind: object
    matters: QuerySet
    permissions: tuple
    steps: tuple
    today: date


class SqlParams(list):
    """The parameters of a statement, in the order of their placeholders."""

    def of(self, rows):
        sql, values = rows.query.sql_with_params()
        self.extend(values)
        return sql


def recipients_sql(request):
    """The SQL of the WITH clause and of the rows (matter, due, stage, person); the parameters."""
    sql_params = SqlParams()
    rights = rights_of(request)
    posts = Membership.objects.active(request.today).order_by()
    deputies = Deputy.objects.running(request.today)
    reach = posts.filter(organisation__predecessors__isnull=False)
    words = {"columns": "".join(f", {column}" for _rank, column, _right in rights if column)}
    words["matters"] = sql_params.of(matters_of(request, rights))
    sql_params.extend(list(column) for column in zip(*request.steps, strict=True))
    words["posts"] = sql_params.of(posts.values_list("pk", "user", "organisation", "role"))
    words["reach"] = sql_params.of(reach.values_list("pk", "organisation__predecessors"))
    columns = ("deputy", "absent", "organisation", "role")
    words["deputies"] = sql_params.of(deputies.values_list(*columns))
    words["granted"] = " UNION ALL ".join(granted(rights, sql_params))
    words["barred"] = " UNION ALL ".join(barred(request, sql_params)) or NOBODY
    return MATTERS.format(**words), RECIPIENTS, sql_params


def rights_of(request):
    """The rights of the requested ranks: (rank, column of the organisation or "", right)."""
    ranks = sorted({rank for _day, rank, _stage in request.steps})
    rights = [(rank, right) for rank in ranks for right in PERMISSIONS[request.permissions[rank]]]
    return [
        (rank, f"place_{number}" if right.at else "", right)
        for number, (rank, right) in enumerate(rights)
    ]


def matters_of(request, rights):
    """The matters with the organisations at which a right may be held, one row per combination."""
    places = request.matters.model.places
    held = F(request.kind.held) if request.kind.held else Cast(Value(None), BigIntegerField())
    columns = {column: F(places[right.at]) for _rank, column, right in rights if column}
    rows = request.matters.order_by().annotate(in_hands_of=held, **columns)
    return rows.values_list("pk", "due", "in_hands_of", *columns)


def granted(rights, sql_params):
    """The SQL, one query per right, of the posts that grant it on a matter."""
    for rank, column, right in rights:
        sql_params.append(sorted(right.roles))
        yield (AT_A_PLACE if column else EVERYWHERE).format(rank=rank, column=column)


def barred(request, sql_params):
    """The SQL of the people who may not make the move (four eyes, an interest)."""
    for path in request.kind.never_by:
        rows = request.matters.order_by().filter(**{f"{path}__isnull": False})
        yield sql_params.of(rows.values_list("pk", path))


def run(sql, values):
    """Run one statement; returns the open cursor."""
    cursor = connection.cursor()
    cursor.execute(sql, values)
    return cursor
