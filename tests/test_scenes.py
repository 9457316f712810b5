"""What is laid down from memory is what the moves would have made, and only where it may be."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command

from agreements.models import Agreement
from foundation import clock
from foundation.models import Event
from tests import factories, scenes
from tests.disbursements import acts


@pytest.mark.parametrize("time", ["first", "second", "again"])
def test_scene_is_whole_whether_made_or_laid_down(cast, call, time):
    version = factories.in_force(cast, call)

    assert scenes.Road.steps[-1][1] == "in_force"
    assert (version.state, version.parties.filter(state="signed").count()) == ("in_force", 4)
    assert acts.totals(acts.line(), "agreed", "voted") == (1_000_000, 0)
    assert Event.objects.of(version).count() == 5
    assert cast["drafter"].memberships.get().organisation == cast.gangneung


def test_life_goes_on_after_a_scene_as_after_moves(cast, call):
    factories.in_force(cast, call)
    tranche = acts.granted(cast, acts.vote(cast, acts.line(), 1_000_000), 500_000)

    acts.pay(cast, tranche, 500_000)

    assert acts.totals(acts.line(), "voted", "paid") == (1_000_000, 500_000)
    factories.in_force(cast, call, title="둘째")
    assert Agreement.objects.count() == 2
    call_command("verify_history")
    call_command("check_ledger")


def test_after_anything_else_was_written_everything_is_made_by_moves(cast, call):
    factories.hold(cast["nobody"], "auditor", cast.bai)

    assert scenes.Road.steps is None
    factories.submitted(cast, call)
    assert scenes.Road.steps is None


def test_another_moment_is_another_scene(cast, call):
    days = (date(2026, 11, 24), date(2026, 11, 25))
    for day in days:
        with clock.at(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)):
            row = factories.submitted(cast, call)

        assert row.revisions.get().submitted_at.date() == day


def test_who_patches_anything_makes_everything_by_moves(cast, monkeypatch):
    assert scenes.Road.steps is None
