"""A copied situation is what the moves would have made, and is copied only where it may be."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.utils import translation

from agreements.models import Agreement
from foundation.models import Event
from foundation.time import clock
from projects.models import Call
from tests import factories, prepared
from tests.disbursements import acts
from tests.together import at_once


def steps():
    """The names of the prepared factories that led here; None if something else was written."""
    situation = prepared.Situation.steps
    return None if situation is None else [step[1] for step in situation]


@pytest.mark.parametrize("made", ["conditioned", "amended", "in_force", "corrected"])
@pytest.mark.parametrize("turn", ["first", "again"])
def test_situation_has_the_same_rows_made_and_copied(cast, call, made, turn):
    if made == "corrected":
        factories.corrected(cast, factories.frozen(cast, call))
    else:
        getattr(factories, made)(cast, call)

    assert steps()[:2] == ["fill", "call"]
    stored = prepared.STORED[prepared.Situation.steps]
    now = prepared.content_of(stored.content)
    assert {table: sorted(rows) for table, rows in now.items()} == {
        table: sorted(rows) for table, rows in stored.content.items()
    }
    call_command("verify_history")
    call_command("check_ledger")


def test_records_that_were_handed_in_show_what_was_made_of_them(cast, call):
    factories.screened(cast, call)

    assert (call.province_quota, Call.objects.get().province_quota) == (2, 2)


@pytest.mark.parametrize("turn", ["first", "again"])
def test_life_goes_on_after_a_copy_as_after_moves(cast, call, turn):
    factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 500_000)

    acts.pay(cast, tranche, 500_000)

    assert acts.totals(acts.line(), "voted", "paid") == (1_000_000, 500_000)
    factories.in_force(cast, call, title="둘째")
    assert Agreement.objects.count() == 2
    call_command("verify_history")
    call_command("check_ledger")


def test_after_any_other_write_everything_is_made_by_moves(cast, call):
    factories.hold(cast["nobody"], "auditor", cast.bai)
    assert steps() is None

    factories.submitted(cast, call)
    assert steps() is None


@pytest.mark.django_db(transaction=True)
def test_write_of_another_thread_is_noticed(cast, call):
    assert steps() == ["fill", "call"]

    at_once(lambda: factories.person("somebody"))

    assert steps() is None


def test_another_day_is_another_situation(cast, call):
    for day in (24, 25):
        with clock.at(datetime(2026, 11, day, 3, tzinfo=UTC)):
            row = factories.submitted(cast, call, title=f"{day}일")

        assert row.revisions.get().submitted_at.day == day


def test_another_setting_and_another_language_are_other_situations(cast, call, settings):
    usual = prepared.after(factories.submitted, (call,), {})
    with translation.override("en"):
        english = prepared.after(factories.submitted, (call,), {})
    settings.MAILS_AT_ONCE = 77
    other = prepared.after(factories.submitted, (call,), {})

    assert len({usual, english, other}) == 3


def test_what_is_undone_is_not_remembered(cast, call):
    row = factories.submitted(cast, call)

    with acts.undone():
        factories.comment(cast, row.reviews.get(ministry="MOTIR"))

    assert steps() is None
    assert not Event.objects.filter(subject__startswith="projects.comment:").exists()


def test_who_patches_code_makes_everything_by_moves(cast, monkeypatch):
    assert steps() is None
