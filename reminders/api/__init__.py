"""What is due as JSON."""

from .rules import RuleViewSet
from .work import HolidayViewSet, WorkViewSet

__all__ = ["HolidayViewSet", "RuleViewSet", "WorkViewSet"]
