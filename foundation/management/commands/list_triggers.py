"""Lists the triggers in force: table, trigger, function, and the SQL file that defines it."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

TRIGGERS = """
    SELECT relname, tgname, proname FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace ORDER BY relname, tgname
"""


class Command(BaseCommand):
    help = "List the triggers of the database, each with the SQL file that defines it."

    def handle(self, **options):
        with connection.cursor() as cursor:
            cursor.execute(TRIGGERS)
            for table, trigger, function in cursor.fetchall():
                self.stdout.write(f"{table:40}{trigger:44}{function:36}{file_of(table)}")


def file_of(table):
    """``app/sql/table.sql`` of the app whose model has the table; empty where there is none."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            label = model._meta.app_label
            place = Path(label, "sql", f"{table.removeprefix(f'{label}_')}.sql")
            return str(place) if (settings.BASE_DIR / place).exists() else ""
    return ""
