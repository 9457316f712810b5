"""Calls, their criteria and rules, and the ceilings of ministries."""

from .calls import Call, Criterion, ShareRule
from .ceilings import Ceiling
from .kinds import ComponentKind, PaperKind, SectionName

__all__ = ["Call", "Ceiling", "ComponentKind", "Criterion", "PaperKind", "SectionName", "ShareRule"]
