"""Forms of rounds (coordinator) and of positions (parties)."""

from .redistribution import DivideForm
from .rounds import ProposeForm, TakePositionForm

__all__ = ["POSITION_FORMS", "ROUND_FORMS", "DivideForm"]

ROUND_FORMS = {"propose": ProposeForm}
POSITION_FORMS = {"accept": TakePositionForm, "object": TakePositionForm}
