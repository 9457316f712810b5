"""Proposals, their components with the yearly budget, and their other parts."""

from .components import BudgetLine, Citation, Component, FacilityAccess
from .lines import Source, WonLine, lines_content, plain
from .parts import Indicator, Jotting, OtherFunding, Risk, Section, Target, plain_number
from .proposals import Proposal, Revision

__all__ = [
    "BudgetLine",
    "Citation",
    "Component",
    "FacilityAccess",
    "Indicator",
    "Jotting",
    "OtherFunding",
    "Proposal",
    "Revision",
    "Risk",
    "Section",
    "Source",
    "Target",
    "WonLine",
    "lines_content",
    "plain",
    "plain_number",
]
