"""Amendments with the successors of parties, and terminations."""

from .amendments import Amendment, Heir
from .terminations import Termination

__all__ = ["Amendment", "Heir", "Termination"]
