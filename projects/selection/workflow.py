"""Workflow of a decision letter."""

from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, Workflow

from .models import Letter

L = Letter.State

LETTER = Workflow(
    Letter,
    Move("write", {NEW}, L.WRITTEN, None, _("The decision letter is written")),
)
