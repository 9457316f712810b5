"""Starts that cannot work end with one message, and leave nothing half done."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SHARED = getattr(socket, "SO_REUSEPORT", None)


def listening(family, host, *options):
    """A server at a free port that nobody accepts from."""
    server = socket.socket(family)
    for option in options:
        server.setsockopt(socket.SOL_SOCKET, option, 1)
    server.bind((host, 0))
    server.listen()
    return server


@pytest.mark.parametrize(
    ("family", "host", "options"),
    [
        (socket.AF_INET, "127.0.0.1", ()),
        (socket.AF_INET, "0.0.0.0", (socket.SO_REUSEADDR,)),
        (socket.AF_INET, "127.0.0.1", (SHARED,)),
        (socket.AF_INET6, "::1", ()),
    ],
    ids=["same", "all addresses", "shared by who asks", "localhost's other address"],
)
def test_port_of_another_server_is_refused(house, family, host, options):
    with listening(family, host, *options) as server:
        port = server.getsockname()[1]

        with pytest.raises(SystemExit, match=f"Port {port} is used by another server"):
            house("ports").refuse_taken(port)


def test_free_port_is_taken(house):
    with listening(socket.AF_INET, "127.0.0.1") as server:
        port = server.getsockname()[1]

    house("ports").refuse_taken(port)


@pytest.mark.parametrize("text", ["x", "", "0", "65536", "-1", "８０００"])
def test_port_that_is_no_port_is_refused(house, monkeypatch, text):
    monkeypatch.setenv("PORT", text)

    with pytest.raises(SystemExit, match="PORT must be a number"):
        house("ports").wanted()


def test_second_start_in_one_folder_is_refused_until_the_first_has_ended(elsewhere):
    first = elsewhere.hold("demo")

    with pytest.raises(SystemExit, match="is running already"):
        elsewhere.hold("demo")
    first.close()
    elsewhere.hold("demo").close()


def test_folder_that_cannot_be_written_to_is_reported(elsewhere):
    elsewhere.HOUSE.write_text("a file where the folder should be")

    with pytest.raises(SystemExit, match="cannot be written to"):
        elsewhere.hold("demo")


def test_data_of_this_version_are_taken(house, tmp_path):
    versions = house("data_version")

    versions.refuse_another(tmp_path)
    assert not versions.is_current(tmp_path)
    versions.mark_current(tmp_path)
    versions.refuse_another(tmp_path)
    assert versions.is_current(tmp_path)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("migrated", "what starts wrote before"),
        ("migrations.json", '{"accounts/migrations/0001_initial.py": "another digest"}'),
        ("migrations.json", '{"accounts/migrations/0099_later.py": "of a later version"}'),
    ],
)
def test_data_of_another_version_are_refused(house, tmp_path, file, text):
    (tmp_path / file).write_text(text)

    with pytest.raises(SystemExit, match="are of another version.*--fresh"):
        house("data_version").refuse_another(tmp_path)


@pytest.mark.parametrize(("usual", "says"), [(10, ""), (1e-9, "times slower now")])
def test_slow_machine_is_reported(house, elsewhere, monkeypatch, capsys, usual, says):
    machine = house("machine")
    monkeypatch.setattr(machine, "HOUSE", elsewhere.HOUSE)
    monkeypatch.setattr(machine, "LOOP_SECONDS", usual)
    monkeypatch.setattr(machine, "SYNC_SECONDS", usual)

    machine.warn_if_slow()

    assert says in capsys.readouterr().out
    assert bool(says) == bool(elsewhere.HOUSE.exists() and says)


def test_progress_is_printed_in_percent(house, capsys):
    progress = house("progress").Progress({"first": 10, "second": 30})

    progress.enter("first")("begins")
    progress.enter("second")("goes on")
    progress.say("half way", part=0.5)

    assert capsys.readouterr().out.splitlines() == [
        "  0 %  begins",
        " 25 %  goes on",
        " 62 %  half way",
    ]


def test_change_reaches_the_tests_of_every_app_that_imports_it(house):
    changes = house("changes")

    assert changes.apps_reached(["reminders/outbox/sending/webhooks.py"]) == {"reminders"}
    assert changes.apps_reached(["reminders/work/my_work.py"]) == {"reminders", "demo", "config"}
    assert changes.apps_reached(["foundation/time/clock.py"]) == set(changes.APPS)
    assert changes.apps_reached([]) == set()
    assert changes.reached_by_all("tests/factories/projects.py")
    assert not changes.reached_by_all("tests/projects/calls/test_calls.py")


@pytest.mark.parametrize("after", [0.3, 1.5])
def test_ctrl_c_at_any_moment_ends_with_a_sentence(tmp_path, after):
    names = {"HOUSE_STATE": str(tmp_path / "state"), "PORT": str(free_port())}
    process = subprocess.Popen(
        ["bin/demo"],
        cwd=ROOT,
        env=os.environ | names | {"PATH": without_this_environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert "Ctrl-C stops it" in process.stdout.readline()
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)

    output, _none = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "Stopped. Nothing is half done" in output
    assert "Traceback" not in output


def without_this_environment():
    """The search path of somebody who starts it from a shell: their Python has pip."""
    own = str(Path(sys.executable).parent)
    return os.pathsep.join(each for each in os.environ["PATH"].split(os.pathsep) if each != own)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
