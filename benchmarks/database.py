"""A database of its own for a benchmark: empty at its beginning, gone at its end."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import get_runner, setup_test_environment


@contextmanager
def own_database():
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        yield
    finally:
        connection.close()
        runner.teardown_databases(databases)
