"""Which version of the schema the data of a demo have, so that other data are not touched."""

import hashlib
import json

from .places import ROOT, stop

NAME = "migrations.json"
OLDER_NAME = "migrated"  # the file that earlier versions wrote


def refuse_another(folder):
    """End with one sentence if the data in ``folder`` are of a version that cannot be migrated."""
    stamp = folder / NAME
    applied = json.loads(stamp.read_text()) if stamp.exists() else {}
    if (folder / OLDER_NAME).exists() or not applied.items() <= files().items():
        stop(f"The data in {folder} are of another version. Begin again with: bin/demo --fresh")


def is_current(folder):
    stamp = folder / NAME
    return stamp.exists() and json.loads(stamp.read_text()) == files()


def mark_current(folder):
    (folder / NAME).write_text(json.dumps(files(), indent=1))


def files():
    """What makes the schema: {migration or file of SQL: its digest}."""
    found = sorted([*ROOT.glob("*/migrations/0*.py"), *ROOT.glob("*/sql/*.sql")])
    return {
        str(file.relative_to(ROOT)): hashlib.sha256(file.read_bytes()).hexdigest() for file in found
    }
