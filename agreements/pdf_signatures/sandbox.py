"""Reads an untrusted PDF in a separate process, so that it cannot stop this one.

The other process has limits of memory and time; a file that needs more gets the flaw
``too_much``. Two files are read at once; a third one waits 20 seconds, then gets ``busy``.
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


def read_in_sandbox(pdf, anchors, *, base=0):
    """Like ``reading.read``, with three more flaws: ``too_large``, ``too_much`` and ``busy``."""
    if len(pdf) > MOST_BYTES:
        return {"flaw": TOO_LARGE}
    if not AT_ONCE.acquire(timeout=PATIENCE):
        return {"flaw": BUSY}
    try:
        return run_reader(
            pdf, {"anchors": anchors, "base": base, "memory": MEMORY, "seconds": SECONDS}
        )
    finally:
        AT_ONCE.release()


def run_reader(pdf, request):
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
