"""Who is told of which open matters: one statement for however many there are.

Whatever Django can say is compiled from its querysets; this joins the matters with the
posts that grant a right at their places, and with who stands in for the holders.
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
TOLD = """
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
class Ask:
    """Some matters of a kind, the steps of their days, and whom each step tells.

    ``steps`` are (day, rank, stage); rank 0 is whose turn it is, ``permissions[rank]`` is
    the right that it asks for. Who is told at two ranks hears the lower one.
    """

    kind: object
    matters: QuerySet
    permissions: tuple
    steps: tuple
    today: date


class Said(list):
    """What belongs to a statement, in the order in which it stands there."""

    def of(self, rows):
        sql, values = rows.query.sql_with_params()
        self.extend(values)
        return sql


def told(ask):
    """The statement's beginning (WITH …), its rows (matter, due, stage, person), its values."""
    said = Said()
    rights = rights_of(ask)
    posts = Membership.objects.active(ask.today).order_by()
    deputies = Deputy.objects.running(ask.today)
    reach = posts.filter(organisation__predecessors__isnull=False)
    words = {"columns": "".join(f", {column}" for _rank, column, _right in rights if column)}
    words["matters"] = said.of(matters_of(ask, rights))
    said.extend(list(column) for column in zip(*ask.steps, strict=True))
    words["posts"] = said.of(posts.values_list("pk", "user", "organisation", "role"))
    words["reach"] = said.of(reach.values_list("pk", "organisation__predecessors"))
    words["deputies"] = said.of(deputies.values_list("deputy", "absent", "organisation", "role"))
    words["granted"] = " UNION ALL ".join(granted(rights, said))
    words["barred"] = " UNION ALL ".join(barred(ask, said)) or NOBODY
    return MATTERS.format(**words), TOLD, said


def rights_of(ask):
    """The rights of the ranks that are asked for: (rank, column of the place or "", right)."""
    ranks = sorted({rank for _day, rank, _stage in ask.steps})
    rights = [(rank, right) for rank in ranks for right in PERMISSIONS[ask.permissions[rank]]]
    return [
        (rank, f"place_{number}" if right.at else "", right)
        for number, (rank, right) in enumerate(rights)
    ]


def matters_of(ask, rights):
    """Each matter with the places at which a right may be held; once for each pair of them."""
    places = ask.matters.model.places
    held = F(ask.kind.held) if ask.kind.held else Cast(Value(None), BigIntegerField())
    columns = {column: F(places[right.at]) for _rank, column, right in rights if column}
    rows = ask.matters.order_by().annotate(in_hands_of=held, **columns)
    return rows.values_list("pk", "due", "in_hands_of", *columns)


def granted(rights, said):
    """Which posts grant what is asked for, right by right of the one table."""
    for rank, column, right in rights:
        said.append(sorted(right.roles))
        yield (AT_A_PLACE if column else EVERYWHERE).format(rank=rank, column=column)


def barred(ask, said):
    """Whom four eyes or an interest keep from the move."""
    for path in ask.kind.never_by:
        rows = ask.matters.order_by().filter(**{f"{path}__isnull": False})
        yield said.of(rows.values_list("pk", path))


def run(sql, values):
    """Run one statement; gives the open cursor."""
    cursor = connection.cursor()
    cursor.execute(sql, values)
    return cursor
