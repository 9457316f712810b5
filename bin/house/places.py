"""Folders, messages and locks of the launchers."""

import fcntl
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / ".house"
VENV = HOUSE / "venv"
PYTHON = VENV / "bin" / "python"
ASSETS = HOUSE / "assets"
FONTS = HOUSE / "fonts"


def say(text):
    print(text, flush=True)


def stop(text):
    """Exit with a message about what to do."""
    sys.exit(f"\n{text}")


def require_python():
    if sys.version_info < (3, 11):  # noqa: UP036 -- the user may have an older one
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def end_quietly(main):
    """Run ``main``; Ctrl-C, whenever it comes, ends it with a sentence and no traceback."""
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped. Nothing is half done: the next start goes on from here.")


def hold(name):
    """Lock a kind of run, or exit if another process has the lock; it ends with the process."""
    return try_to_hold(name) or stop(
        f"bin/{name} is running already in this folder, or still stopping. End it first."
    )


def hold_when_free(name):
    """The lock of a kind of work, as a context; if another process has it, wait for that."""
    if lock := try_to_hold(name):
        return lock
    say("Another start is setting up this folder; waiting for it …")
    lock = (HOUSE / f"{name}.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def try_to_hold(name):
    """The lock of one kind of run, or None if another process has it."""
    try:
        HOUSE.mkdir(exist_ok=True)
        lock = (HOUSE / f"{name}.lock").open("w")
    except OSError as reason:
        stop(
            f"{HOUSE} cannot be written to ({reason.strerror}). Copy the project to a folder of"
            " your own, or give yourself the right to write there."
        )
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return None
    return lock


def data_folder(name):
    """The folder of one kind of run; ``HOUSE_STATE`` puts it elsewhere."""
    folder = Path(os.environ.get("HOUSE_STATE", HOUSE / name))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
