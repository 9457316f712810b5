"""Files for the bank and from the bank; a finance system can replace them by an adapter.

``BANK_ADAPTER`` names the adapter class. Layout and units of the files: ``docs/bank-files.md``.
"""

import csv
import hashlib
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from foundation.intake.sheets.writing import as_plain_text

MOST_BYTES = 2 * 1024 * 1024  # 20,000 lines of a hundred characters
MOST_LINES = 20_000
MOST_WON = 10**15
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ORDERS = ["reference", "bank_code", "account_number", "holder", "won"]
ANSWERS = ["reference", "won", "paid_on", "status", "message"]
TOTAL = "total"
STATUSES = {"paid": True, "failed": False}
LONGEST_REFERENCE, LONGEST_MESSAGE = 40, 200


class Unreadable(Exception):
    """A file is rejected as a whole; the text is the reason in the reader's language."""


@dataclass(frozen=True)
class Order:
    """One payment to be made, in whole won."""

    reference: str
    bank: str
    number: str
    holder: str
    won: int


@dataclass(frozen=True)
class Confirmation:
    """The bank's answer to one payment; ``line`` is its place in the file, from 1."""

    line: int
    reference: str
    won: int
    paid_on: date
    is_paid: bool
    message: str


class Adapter(Protocol):
    """What an adapter to the bank or to a finance system must implement."""

    def export(self, name: str, orders: list[Order]) -> tuple[str, bytes]:
        """Name and content of the file for the bank: the same for the same orders."""

    def read(self, content: bytes) -> list[Confirmation]:
        """All confirmations in the content; raises :class:`Unreadable`."""


def adapter():
    return import_string(settings.BANK_ADAPTER)()


class CsvFiles:
    """CSV in UTF-8 with a byte order mark, lines ended by CR LF, a sum in the last line."""

    def export(self, name, orders):
        rows = [ORDERS]
        rows += [
            [o.reference, o.bank, o.number, as_plain_text(o.holder), str(o.won)] for o in orders
        ]
        body = as_csv(rows)
        won = sum(order.won for order in orders)
        digest = hashlib.sha256(body).hexdigest()
        total = as_csv([[TOTAL, str(len(orders)), str(won), "sha256", digest]])
        return f"{name}.csv", BYTE_ORDER_MARK + body + total

    def read(self, content):
        rows = rows_of(content)
        if not rows or rows[0] != ANSWERS:
            raise Unreadable(_("The first line must read: %s") % ",".join(ANSWERS))
        confirmations = [confirmation(n, row) for n, row in enumerate(rows[1:-1], start=1)]
        refuse_doubles(confirmations)
        refuse_wrong_total(rows[-1], confirmations)
        return confirmations


def as_csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def rows_of(content):
    """The rows of a CSV file; raises Unreadable on wrong size, encoding or characters."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %s MB.") % (MOST_BYTES // 1024**2))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable(_("The file is not UTF-8. Save it as CSV in UTF-8.")) from wrong
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in set(text) - set("\r\n\t")):
        raise Unreadable(_("The file holds control characters: it is no CSV file of the bank."))
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as wrong:
        raise Unreadable(_("The file is no CSV: a quotation mark or a cell is broken.")) from wrong
    if len(rows) > MOST_LINES:
        raise Unreadable(_("The file has more than %s lines.") % f"{MOST_LINES:,}")
    return rows


def confirmation(line, row):
    if len(row) != len(ANSWERS):
        raise wrong(line, _("five columns are expected"))
    reference, won, paid_on, status, message = (cell.strip() for cell in row)
    if not 0 < len(reference) <= LONGEST_REFERENCE:
        raise wrong(line, _("the reference is missing or too long"))
    if status not in STATUSES:
        raise wrong(line, _("the status is neither paid nor failed"))
    day = day_of(line, paid_on)
    return Confirmation(
        line, reference, won_of(line, won), day, STATUSES[status], message[:LONGEST_MESSAGE]
    )


def wrong(line, what):
    return Unreadable(_("Line %(line)s: %(what)s.") % {"line": line, "what": what})


def won_of(line, text):
    """Won from digits only: no plus or minus, no separators, no ``1e9``, no formula."""
    if not re.fullmatch(r"[0-9]{1,16}", text) or int(text) > MOST_WON:
        raise wrong(line, _("the amount is no whole number of won"))
    return int(text)


def day_of(line, text):
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise wrong(line, _("the day is none, as in 2027-03-02"))


def refuse_doubles(confirmations):
    times = Counter(each.reference for each in confirmations)
    for each in confirmations:
        if times[each.reference] > 1:
            text = _("the reference %s is in this file more than once") % each.reference
            raise wrong(each.line, text)


def refuse_wrong_total(row, confirmations):
    """Check the number of lines and the sum in the last line, to notice a truncated file."""
    won = sum(each.won for each in confirmations)
    wanted = [TOTAL, str(len(confirmations)), str(won)]
    if [cell.strip() for cell in row[:3]] != wanted:
        raise Unreadable(
            _("The last line must be “%s”. The file may have been cut off.") % ",".join(wanted)
        )
    if not confirmations:
        raise Unreadable(_("The file holds no payment."))
