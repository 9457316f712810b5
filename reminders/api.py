"""What is due as JSON."""

from .rules.api import HolidayViewSet, RuleViewSet
from .work.api import WorkViewSet

__all__ = ["HolidayViewSet", "RuleViewSet", "WorkViewSet"]
