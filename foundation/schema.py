"""Operations of the first migration of each app: all its tables at once, then its triggers.

Triggers, their functions and the constraints that Django cannot write are in SQL files, one
for each table, in the folder ``sql`` of its app: what is in force is read there. What several
tables share is in ``functions.sql``. ``docs/decisions/0050`` gives the reasons.
"""

from pathlib import Path

from django.db import migrations
from django.db.migrations.operations.base import Operation

ROOT = Path(__file__).resolve().parent.parent


def load_sql(app, *tables):
    """Operations that run the SQL files of ``tables``, of all tables if none is named.

    Raises FileNotFoundError where a table has no file.
    """
    folder = ROOT / app / "sql"
    files = [folder / f"{table}.sql" for table in tables] or sorted(folder.glob("*.sql"))
    files.sort(key=lambda file: file.stem != "functions")
    return [migrations.RunSQL(file.read_text(), migrations.RunSQL.noop) for file in files]


class CreateTables(Operation):
    """Do what a list of ``CreateModel`` and ``AddField`` does, but render the models once.

    Django renders every related model again after each operation: 15,000 times, or fourteen
    seconds, for an empty database. Here the models are rendered once they are all known.
    """

    reduces_to_sql = True

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return (type(self).__qualname__, [self.operations], {})

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # a cached property: rendered again when it is read
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models(app_label, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models(app_label, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def models(self, app_label, state):
        """The models as they are when all operations are done, in the order of the list."""
        return [
            state.apps.get_model(app_label, operation.name)
            for operation in self.operations
            if isinstance(operation, migrations.CreateModel)
        ]

    def describe(self):
        return f"Create {len(self.operations)} tables"
