import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from config.beat import OneScheduler
from config.celery import app
from reminders.models import Lease
from reminders.outbox.leases import take


def expire(name):
    long_ago = {
        "until": F("until") - timedelta(hours=1),
        "renewed_at": F("since") - timedelta(hours=2),
    }
    Lease.objects.filter(name=name).update(**long_ago)


@pytest.mark.django_db
def test_one_holds_a_lease_until_it_has_run_out():
    assert take("beat", "first", 30)
    assert not take("beat", "second", 30)
    assert take("beat", "first", 30)

    expire("beat")

    assert take("beat", "second", 30)
    assert not take("beat", "first", 30)


@pytest.mark.django_db
def test_renewing_keeps_the_day_since_which_it_is_held():
    take("beat", "first", 30)
    since = Lease.objects.get().since

    take("beat", "first", 30)

    lease = Lease.objects.get()
    assert (lease.since, lease.holder) == (since, "first")
    assert lease.renewed_at > since


@pytest.mark.django_db
def test_database_refuses_a_lease_that_ends_before_it_was_renewed():
    take("beat", "first", 30)

    with pytest.raises(IntegrityError, match="lease_ends_later"), transaction.atomic():
        Lease.objects.update(until=F("renewed_at"))


@pytest.mark.django_db(transaction=True)
def test_of_many_that_ask_at_once_one_gets_it():
    gate, got = threading.Barrier(8), []

    def run(name):
        gate.wait()
        if take("beat", name, 30):
            got.append(name)
        connection.close()

    threads = [threading.Thread(target=run, args=[f"s{number}"]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == [Lease.objects.get().holder]


@pytest.fixture
def scheduler(tmp_path):
    """Schedulers that write down what they set off."""
    set_off = []

    def scheduler(name):
        one = OneScheduler(app, schedule_filename=str(tmp_path / name), lazy=True)
        one.setup_schedule()
        one.apply_async = lambda entry, **words: set_off.append((name, entry.task))
        for entry in one.schedule.values():
            entry.last_run_at -= timedelta(days=3)
        return one

    scheduler.set_off = set_off
    return scheduler


def look(scheduler, times=10):
    for _time in range(times):
        scheduler.tick()


@pytest.mark.django_db
def test_of_two_schedulers_one_sets_things_off_and_the_other_follows_when_it_dies(scheduler):
    first, second = scheduler("first"), scheduler("second")

    look(first)
    look(second)
    assert {name for name, _task in scheduler.set_off} == {"first"}

    scheduler.set_off.clear()
    expire("beat")
    look(second)
    look(first)
    assert {name for name, _task in scheduler.set_off} == {"second"}


@pytest.mark.django_db
def test_after_three_days_each_task_is_set_off_once(scheduler):
    look(scheduler("only"))

    assert sorted(task for _name, task in scheduler.set_off if "reminders" in task) == [
        "reminders.tasks.deliver",
        "reminders.tasks.relay",
        "reminders.tasks.remind",
    ]
