"""API of reminders: my work, reminder rules and decreed holidays, as JSON."""

from .rules.api import HolidayViewSet, RuleViewSet
from .work.api import WorkViewSet

__all__ = ["HolidayViewSet", "RuleViewSet", "WorkViewSet"]
