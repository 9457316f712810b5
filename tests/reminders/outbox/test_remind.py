"""The command ``remind`` and the timetable of tasks."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from config.celery import app
from reminders.models import Notice
from tests import factories

from ..conftest import on


@pytest.fixture
def asked(cast, call, tuesday):
    return factories.submitted(cast, call)


def remind(*words):
    output = StringIO()
    call_command("remind", *words, stdout=output)
    return output.getvalue()


def test_command_writes_and_mails(asked, mailoutbox):
    assert remind("--on", "2026-12-08") == "review: 2\n2 reminders written.\n2 mailed.\n"
    assert len(mailoutbox) == 2


def test_command_writes_without_mailing(asked, mailoutbox):
    assert remind("--on", "2026-12-08", "--write-only") == "review: 2\n2 reminders written.\n"
    assert mailoutbox == []


def test_dry_run_says_who_would_get_what_and_changes_nothing(asked):
    assert remind("--on", "2026-12-08", "--dry-run").splitlines() == [
        "motir_reviewer@example.org\treview\ttoday\t2026-12-08\tMOTIR 내역사업",
        "mcst_reviewer@example.org\treview\ttoday\t2026-12-08\tMCST 내역사업",
    ]
    assert not Notice.objects.exists()


def test_dry_run_of_many_days_names_each_reminder_on_its_first_day(asked):
    lines = remind("--on", "2026-11-25", "--dry-run", "--days", "16").splitlines()

    mine = [line.split("\t") for line in lines if "motir" in line]
    assert [(day, who.partition("@")[0], stage) for day, who, _kind, stage, *_rest in mine] == [
        ("2026-12-01", "motir_reviewer", "before-5"),
        ("2026-12-04", "motir_reviewer", "before-2"),
        ("2026-12-08", "motir_reviewer", "today"),
        ("2026-12-09", "motir_reviewer", "after-0"),
        ("2026-12-09", "motir_approver", "up-1-0"),
    ]
    assert not Notice.objects.exists()


@pytest.fixture
def tasks():
    """Every task, as a worker finds them."""
    app.loader.import_default_modules()
    return app.tasks


def test_timetable_names_tasks_that_exist(tasks):
    planned = {entry["task"] for entry in app.conf.beat_schedule.values()}

    tasks_of = {f"reminders.tasks.{task}" for task in ("remind", "deliver", "relay")}
    assert planned == {*tasks_of, "disbursements.tasks.book"}
    assert planned <= set(tasks)


def test_tasks_do_what_the_command_does(asked, mailoutbox, tasks):
    with on(date(2026, 12, 8)):
        tasks["reminders.tasks.remind"].run()
        tasks["reminders.tasks.deliver"].run()

    assert sorted(mail.to[0] for mail in mailoutbox) == [
        "mcst_reviewer@example.org",
        "motir_reviewer@example.org",
    ]
