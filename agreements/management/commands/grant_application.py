"""Grants database rights to the role of the running application, which owns no table.

The owner of a table can switch its triggers off; a role with these rights cannot. Append-only
tables can be read and added to, and no table can be emptied or altered. Totals change inside
triggers only: a role that cannot create tables cannot create triggers either.
"""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection

GROWING = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_rows_stay'"


class Command(BaseCommand):
    help = "Grant a database role what the product needs at run time, and nothing more."

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *, role, **options):
        name = connection.ops.quote_name(role)
        with connection.cursor() as cursor:
            cursor.execute(GROWING)
            growing = {row[0] for row in cursor.fetchall()}
            cursor.execute(f"REVOKE TEMPORARY ON DATABASE {database()} FROM PUBLIC, {name}")
            cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name}")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
            for table in sorted(tables()):
                rights = "SELECT, INSERT" if table in growing else "SELECT, INSERT, UPDATE, DELETE"
                cursor.execute(f"REVOKE ALL ON {table} FROM {name}")
                cursor.execute(f"GRANT {rights} ON {table} TO {name}")
        self.stdout.write(
            f"{role}: {len(tables())} tables, {len(growing)} of them only to be added to."
        )


def database():
    return connection.ops.quote_name(connection.settings_dict["NAME"])


def tables():
    found = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return found | {"django_migrations"}
