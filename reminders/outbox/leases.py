"""Leases: a database row names the one process that may run something, and until when."""

from datetime import timedelta

from django.db import connection

TAKE = """
    INSERT INTO reminders_lease AS lease (name, holder, since, renewed_at, until)
    SELECT %(name)s, %(holder)s, now, now, now + %(span)s FROM clock_timestamp() AS now
    ON CONFLICT (name) DO UPDATE SET
        holder = excluded.holder,
        since = CASE WHEN lease.holder = excluded.holder THEN lease.since ELSE excluded.since END,
        renewed_at = excluded.renewed_at,
        until = excluded.until
    WHERE lease.holder = excluded.holder OR lease.until < excluded.renewed_at
"""


def take(name, holder, seconds):
    """Take or renew a lease for ``seconds``; False while another process holds it.

    One statement by the clock of the database: of two processes that ask at once, one gets it,
    and the clocks of their machines do not matter.
    """
    values = {"name": name, "holder": holder, "span": timedelta(seconds=seconds)}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        return cursor.rowcount == 1
