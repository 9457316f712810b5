"""Reads a file from anybody in a process of its own: whatever is in it, this one goes on.

The other process has bounds of memory and time; a file that wants more is told apart as
``too_much``. Two are read at once; a third one waits its turn, and not for long.
"""

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 20 * 1024 * 1024
MEMORY, SECONDS = 768 * 1024 * 1024, 15
PATIENCE = 20
AT_ONCE = BoundedSemaphore(2)
TOO_LARGE, TOO_MUCH, BUSY = "too_large", "too_much", "busy"


def read_apart(pdf, anchors, *, base=0):
    """As ``reading.read``, with two flaws more: ``too_much`` and ``busy``."""
    if len(pdf) > MOST_BYTES:
        return {"flaw": TOO_LARGE}
    if not AT_ONCE.acquire(timeout=PATIENCE):
        return {"flaw": BUSY}
    try:
        return ask(pdf, {"anchors": anchors, "base": base, "memory": MEMORY, "seconds": SECONDS})
    finally:
        AT_ONCE.release()


def ask(pdf, request):
    try:
        done = subprocess.run(
            [sys.executable, "-m", "agreements.pdf_signatures.reading"],
            input=json.dumps(request).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=2 * SECONDS,
            check=True,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        )
        return json.loads(done.stdout)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired, ValueError):
        return {"flaw": TOO_MUCH}
