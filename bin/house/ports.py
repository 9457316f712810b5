"""The port of the demo: free, and served by nobody else under the name localhost."""

import os
import socket

from .places import stop

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def wanted():
    """The port that ``PORT`` names, 8000 if it names none."""
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_536):
        stop(f"PORT must be a number between 1 and 65535, not {text!r}.")
    return int(text)


def refuse_taken(port):
    """End with one sentence if something answers at ``port`` or holds it.

    A server may share a port with others that allow it, or serve ``localhost`` by its other
    address: a browser would then meet now one, now the other.
    """
    if answers(port) or not can_be_bound(port):
        stop(f"Port {port} is used by another server. Choose another: PORT={port + 1} bin/demo")


def answers(port):
    for family, host in LOOPBACK:
        try:
            with socket.socket(family) as client:
                client.settimeout(1)
                if client.connect_ex((host, port)) == 0:
                    return True
        except OSError:  # this machine has no such address
            continue
    return False


def can_be_bound(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("HOST", "127.0.0.1"), port))
        except OSError:
            return False
    return True
