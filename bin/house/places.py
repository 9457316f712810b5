"""Where things lie, and how the launcher speaks to the person before it."""

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
    """End with a sentence that says what to do."""
    sys.exit(f"\n{text}")


def require_python():
    if sys.version_info < (3, 11):  # noqa: UP036 -- whoever runs this may have an older one
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def hold(name):
    """One launcher at a time: the lock ends with the process, however that ends."""
    HOUSE.mkdir(exist_ok=True)
    lock = (HOUSE / f"{name}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stop(f"bin/{name} is running already, or still stopping. End it first.")
    return lock


def data_folder(name):
    """The folder of one kind of run; ``HOUSE_STATE`` puts it elsewhere."""
    folder = Path(os.environ.get("HOUSE_STATE", HOUSE / name))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
