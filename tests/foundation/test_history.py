import hashlib
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from foundation.models import Event
from tests import factories


def raw(sql, *values):
    """As a person with the keys of the database would, past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET session_replication_role = DEFAULT")


def test_untouched_history_holds(cast, call):
    factories.reviewed(cast, call)

    call_command("verify_history")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE foundation_event SET note = 'other' WHERE verb = 'submit'", "its own digest"),
        (
            "UPDATE foundation_event SET actor_name = 'other' WHERE verb = 'submit'",
            "its own digest",
        ),
        (
            "UPDATE foundation_event SET at = at + interval '1 second' WHERE verb = 'submit'",
            "its own digest",
        ),
        ("UPDATE foundation_event SET data = '{}' WHERE verb = 'submit'", "its data"),
        ("DELETE FROM foundation_event WHERE verb = 'submit'", "is missing"),
    ],
)
def test_tampering_is_found_and_named(cast, call, sql, reason):
    factories.reviewed(cast, call)
    raw(sql)

    with pytest.raises(CommandError, match=reason):
        call_command("verify_history")


def test_forged_event_that_is_sealed_again_breaks_the_chain(cast, call):
    factories.submitted(cast, call)
    raw("UPDATE foundation_event SET digest = repeat('0', 64) WHERE verb = 'begin'")

    with pytest.raises(CommandError, match="its own digest"):
        call_command("verify_history")


def test_record_changed_past_the_workflow_is_found(cast, call):
    proposal = factories.submitted(cast, call)
    type(proposal).objects.filter(pk=proposal.pk).update(title="다른 제목")

    with pytest.raises(CommandError, match="outside the workflow"):
        call_command("verify_history")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE foundation_event SET note = ''",
        "DELETE FROM foundation_event",
    ],
)
def test_database_refuses_to_change_events(cast, call, sql):
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_database_refuses_to_empty_the_history(db):
    refused = pytest.raises(DatabaseError, match="append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE foundation_event")


def test_python_refuses_to_change_events(cast, call):
    with pytest.raises(TypeError):
        Event.objects.all().delete()
    with pytest.raises(TypeError):
        Event.objects.all().update(note="")


def test_digest_can_be_redone_with_other_software(cast, call):
    event = Event.objects.order_by("pk").first()
    text = json.dumps(event.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert event.data_digest == hashlib.sha256(text.encode()).hexdigest()
    assert event.previous == ""
