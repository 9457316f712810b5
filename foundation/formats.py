"""Format amounts, dates, times and durations for pages, documents and messages."""

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .money import in_unit, percent


def won(amount):
    """``1234567`` as ``1,234,567``; nothing for None."""
    return "" if amount is None else f"{amount:,}"


def plain(value):
    """A decimal without trailing zeros: 12.500 as ``12.5``, with thousands separators."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def million(amount):
    """Won in million won, rounded half up: for display only."""
    return "" if amount is None else f"{in_unit(amount, 'million'):,}"


def rate(part, whole):
    """``part`` of ``whole`` in percent; a dash where there is no whole."""
    share = percent(part, whole)
    return f"{share}%" if share else "–"


def day(value):
    """A date in the reader's language, with the weekday: in Korean by one letter, ``(화)``."""
    if not value:
        return ""
    return formats.date_format(value, _("N j, Y (D)")).replace("요일)", ")")


def moment(value):
    """A date and time in Korean time."""
    return formats.date_format(localtime(value), _("N j, Y, H:i")) if value else ""


def days_left(days):
    """Working days until a deadline as text; a negative number is overdue."""
    if days is None:
        return ""
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%d working day left", "%d working days left", days) % days
    return ngettext("%d working day late", "%d working days late", -days) % -days


def duration(seconds):
    """Seconds as text in the largest full unit: days, hours, minutes or seconds."""
    if seconds >= 86_400:
        return ngettext("%s day", "%s days", seconds // 86_400) % (seconds // 86_400)
    if seconds >= 3_600:
        return ngettext("%s hour", "%s hours", seconds // 3_600) % (seconds // 3_600)
    if seconds >= 60:
        return ngettext("%s minute", "%s minutes", seconds // 60) % (seconds // 60)
    return ngettext("%s second", "%s seconds", seconds) % seconds
