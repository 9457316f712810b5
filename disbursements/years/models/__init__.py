"""Carry-overs, settlements, resolutions of gaps, and amounts unspent on termination."""

from .carry_overs import CarryOver
from .gap_resolutions import GapResolution
from .settlements import Settlement
from .unspent_lines import UnspentLine

__all__ = ["CarryOver", "GapResolution", "Settlement", "UnspentLine"]
