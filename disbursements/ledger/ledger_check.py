"""Compare every stored total with the ledger entries, in SQL, one statement for each kind.

Each query gives rows of (what, kept, counted) that differ, in won or days; no rows mean that
the totals are right.
"""

from django.db import connection

from .models import INSIDE, Stage

STAGES = [stage.value for stage in Stage]


def of_stage(stage):
    less = " - coalesce(sum(won) FILTER (WHERE stage = 'revoked'), 0)" * (stage == "granted")
    return f"coalesce(sum(won) FILTER (WHERE stage = '{stage}'), 0){less}"


def of_account(account):
    enters = f"coalesce(sum(won) FILTER (WHERE enters = '{account}'), 0)"
    return f"{enters} - coalesce(sum(won) FILTER (WHERE leaves = '{account}'), 0)"


def of_count(stage):
    return (
        f"count(*) FILTER (WHERE stage = '{stage}' AND mends_id IS NULL)"
        f" - count(*) FILTER (WHERE stage = '{stage}' AND mends_id IS NOT NULL)"
    )


def of_accident(way):
    condition = f"stage = 'carried_{way}' AND carry_kind = 'accident'"
    return f"coalesce(sum(won) FILTER (WHERE {condition}), 0)"


BALANCE = {
    **{stage: of_stage(stage) for stage in STAGES},
    **{name: of_account(name.removeprefix("in_")) for name in INSIDE},
    "votes": of_count("voted"),
    "applications": of_count("applied"),
    "requests": of_count("requested"),
    "bills": of_count("bill"),
    "accident_in": of_accident("in"),
    "accident_out": of_accident("out"),
    "entries": "count(*) FILTER (WHERE id IS NOT NULL)",
}
TRANCHE = {"granted": of_stage("granted"), "paid": of_stage("paid")}


def totals(table, key, entry_key, columns):
    """SQL that compares the stored columns of a table with the sums of its entries."""
    sums = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    zeros = "coalesce(counted.{0}, 0)"
    pairs = ", ".join(f"('{name}', kept.{name}, {zeros.format(name)})" for name in columns)
    return f"""
        SELECT '{table} ' || kept.{key} || ', ' || pair.name, pair.kept, pair.counted
        FROM disbursements_{table} kept
        LEFT JOIN (SELECT {entry_key}, {sums} FROM disbursements_entry GROUP BY 1) counted
            ON counted.{entry_key} = kept.{key},
        LATERAL (VALUES {pairs}) AS pair (name, kept, counted)
        WHERE pair.kept <> pair.counted ORDER BY kept.{key}, pair.name LIMIT 1"""


UNREPORTED_SINCE = """
    SELECT 'balance ' || appropriation_id || ', unreported_since', unreported_since, counted
    FROM disbursements_balance, unreported_since_of(appropriation_id) AS counted
    WHERE unreported_since IS DISTINCT FROM counted ORDER BY appropriation_id LIMIT 1"""
LINES = "disbursements_appropriation line ON line.id = e.appropriation_id"
QUERIES = (
    totals("balance", "appropriation_id", "appropriation_id", BALANCE),
    totals("tranche", "id", "tranche_id", TRANCHE),
    UNREPORTED_SINCE,
    f"""
    SELECT 'pot ' || a.id, coalesce(pot.won, 0), coalesce(counted.won, 0)
    FROM agreements_agreement a
    LEFT JOIN disbursements_pot pot ON pot.agreement_id = a.id
    LEFT JOIN (
        SELECT line.agreement_id, sum(CASE e.stage WHEN 'pooled' THEN e.won ELSE -e.won END) AS won
        FROM disbursements_entry e JOIN {LINES}
        WHERE e.stage IN ('pooled', 'drawn') GROUP BY 1
    ) counted ON counted.agreement_id = a.id
    WHERE coalesce(pot.won, 0) <> coalesce(counted.won, 0) ORDER BY a.id LIMIT 1""",
    f"""
    SELECT 'carried on agreement ' || line.agreement_id || ', component ' || line.component_id
        || ', ' || line.source, 0,
        sum(CASE e.stage WHEN 'carried_out' THEN e.won ELSE -e.won END)
    FROM disbursements_entry e JOIN {LINES}
    WHERE e.stage IN ('carried_in', 'carried_out')
    GROUP BY line.agreement_id, line.component_id, line.source
    HAVING sum(CASE e.stage WHEN 'carried_out' THEN e.won ELSE -e.won END) <> 0
    ORDER BY 1 LIMIT 1""",
    """
    SELECT 'entry ' || e.id || ', which corrects entry ' || m.id, e.won, -m.won
    FROM disbursements_entry e JOIN disbursements_entry m ON m.id = e.mends_id
    WHERE e.won <> -m.won OR e.stage <> m.stage OR e.appropriation_id <> m.appropriation_id
        OR (e.leaves, e.enters) <> (m.leaves, m.enters) OR m.mends_id IS NOT NULL
    ORDER BY e.id LIMIT 1""",
    """
    SELECT 'sum of all accounts', 0, sum(won) FROM (
        SELECT enters AS account, won FROM disbursements_entry
        UNION ALL SELECT leaves, -won FROM disbursements_entry
    ) sides HAVING sum(won) <> 0""",
)


def first_difference():
    """(what, kept, counted from the entries) of the first wrong total, or None."""
    with connection.cursor() as cursor:
        for query in QUERIES:
            cursor.execute(query)
            if row := cursor.fetchone():
                return row
    return None
