"""All models of this app, where Django looks for them; they are defined in its packages."""

from .engine.models import Event, Record
from .time.models import DecreedHoliday, decreed_days

__all__ = ["DecreedHoliday", "Event", "Record", "decreed_days"]
