"""Signed documents, signatures on paper, and delegations of the signature."""

from .delegations import Delegation
from .documents import Deed
from .papers import PaperSignature

__all__ = ["Deed", "Delegation", "PaperSignature"]
