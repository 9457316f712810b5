"""One database per test process, copied from one migrated template.

The template is made once for each state of the migrations; every process, and every later run on
the same server, copies it in a fraction of a second.
"""

import hashlib
import os
from contextlib import contextmanager

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from foundation.schema import ROOT

KEPT_TABLES = {"django_content_type", "auth_permission"}  # written by migrate, for every test
ONE_AT_A_TIME = 2019  # the advisory lock for making the template


@contextmanager
def own_database():
    """Let this process work on a database of its own, which is dropped at the end."""
    given = connection.settings_dict["NAME"]
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with connection._nodb_cursor() as cursor:
        template = make_template(cursor)
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    use(name)
    try:
        yield
    finally:
        use(given)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def make_template(cursor):
    """The name of the migrated database; other processes wait while one makes it."""
    name = f"test_template_{digest_of_migrations()}"
    cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute("DROP DATABASE IF EXISTS test_unfinished WITH (FORCE)")
            cursor.execute("CREATE DATABASE test_unfinished")
            migrate("test_unfinished")
            cursor.execute(f"ALTER DATABASE test_unfinished RENAME TO {name}")
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return name


def migrate(name):
    given = connection.settings_dict["NAME"]
    use(name)
    try:
        call_command("migrate", verbosity=0)
    finally:
        use(given)


def use(name):
    connection.close()
    connection.close_pool()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def digest_of_migrations():
    files = sorted([*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*.sql")])
    parts = [django.__version__.encode(), *(file.read_bytes() for file in files)]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:12]


def empty_tables():
    """Remove the rows that a test without a transaction of its own has committed.

    Only tables with rows are touched, in one statement; what ``migrate`` wrote stays. As a
    replica the connection passes by foreign keys and append-only triggers.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.django_table_names()) - KEPT_TABLES
        looks = [
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in sorted(tables)
        ]
        cursor.execute(" UNION ALL ".join(looks))
        if written := [name for (name,) in cursor.fetchall()]:
            cursor.execute("SET session_replication_role = replica")
            for name in written:
                cursor.execute(f'DELETE FROM "{name}"')
            cursor.execute("SET session_replication_role = DEFAULT")
