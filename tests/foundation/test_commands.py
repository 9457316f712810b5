"""Commands that show the next owner what the code does: triggers, moves, the data model."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection


def printed(*words, **options):
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_every_trigger_is_listed_with_the_file_that_defines_it(db):
    listed = [line.split() for line in printed("list_triggers").splitlines()]

    for _table, trigger, _function, *place in listed:
        assert place, trigger
        assert trigger in (settings.BASE_DIR / place[0]).read_text(), trigger
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal")
        assert cursor.fetchone() == (len(listed),)


def test_move_is_shown_with_what_other_apps_add_to_it():
    shown = printed("show_move", "projects.proposal", "withdraw")

    assert "who: projects.submit_proposal" in shown
    assert "requires: has_no_agreement (agreements/drafting/requirements.py)" in shown
    assert "then: lapse_conditions (projects/conditions/effects.py)" in shown


def test_move_is_shown_with_what_it_needs_and_writes():
    shown = printed("show_move", "disbursements.tranche", "grant")

    assert "needs: won, as_of, evidence" in shown
    assert "writes: grant (disbursements/tranches/changes.py)" in shown
    assert "checks: has_reason_while_unsettled (disbursements/tranches/changes.py)" in shown


@pytest.mark.parametrize("words", [("projects.nothing",), ("projects.proposal", "fly")])
def test_unknown_move_is_answered_with_those_there_are(words):
    with pytest.raises(CommandError, match="submit|projects.proposal"):
        printed("show_move", *words)


def test_data_model_is_current():
    printed("draw_data_model", check=True)
