"""Read an uploaded budget workbook: returns its amounts, or raises all errors with their cells."""

import re
import unicodedata
from datetime import date, time, timedelta
from math import isfinite

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.intake import sheets
from foundation.intake.sheets.refusals import Complaint, Refused, Unusable
from foundation.intake.sheets.writing import cell_name
from foundation.web.forms import WonField
from projects.proposals.models import Source

from ..grid import cells_of, years_of
from .layout import (
    COMPONENT,
    FIRST_YEAR,
    HEAD_ROW,
    HEADINGS,
    KEY,
    KEY_HEADING,
    OWNER,
    SHEET,
    SOURCE,
    SUM,
    SUM_KEY,
    folded,
    in_every_language,
    is_heading,
    sources,
)

MOST_COMPLAINTS = 50  # shown; reading stops after ten times as many
WON = WonField(required=False)
A_YEAR = re.compile(r"(\d{4}) ?년?\Z", re.ASCII)
A_MILLIONTH = 1e-6  # of a won: smaller fractions are rounding errors of formulas
MOMENTS = (date, time, timedelta)


def read_budget(stream, proposal):
    """{(component, year, source): won} of a workbook; the proposal is read with ``for_page``.

    A blank amount is 0; rows that are missing in the workbook are missing in the result.
    Raises :class:`foundation.intake.sheets.refusals.Refused` with all errors.
    """
    rows = sheets.read(stream, in_every_language(SHEET))
    return Reading(rows, proposal).cells()


class Reading:
    """Reads the rows of one workbook and collects amounts and errors."""

    def __init__(self, rows, proposal):
        self.rows, self.proposal = rows, proposal
        self.complaints, self.found, self.seen = [], {}, {}
        self.components = {component.pk: component for component in proposal.live_components()}
        self.sources = sources()

    def cells(self):
        self.check_owner()
        years = self.years()
        self.refuse_if_wrong()
        for number in range(HEAD_ROW + 1, len(self.rows)):
            self.read_line(number, years)
            if self.gave_up:
                break
        self.refuse_if_wrong()
        return self.found

    def value(self, row, column):
        cells = self.rows[row] if row < len(self.rows) else []
        value = cells[column] if column < len(cells) else ""
        return value.strip() if isinstance(value, str) else value

    def complain(self, row, column, text):
        self.complaints.append(Complaint(cell_name(row, column), text))

    @property
    def gave_up(self):
        return len(self.complaints) > 10 * MOST_COMPLAINTS

    def refuse_if_wrong(self):
        if not self.complaints:
            return
        first, more = self.complaints[:MOST_COMPLAINTS], len(self.complaints) - MOST_COMPLAINTS
        if more > 0:
            words = _("And at least %s more.") if self.gave_up else _("And %s more.")
            first.append(Complaint("", words % more))
        raise Refused(*first)

    def check_owner(self):
        owner = self.value(0, KEY)
        if owner != OWNER % self.proposal.pk:
            text = _("This is not the form of this proposal. Download its form and fill that in.")
            raise Refused(Complaint(cell_name(0, KEY), text))

    def years(self):
        """{column: year} from the headings; adds an error for every unexpected heading."""
        expected = {KEY: KEY_HEADING, **HEADINGS}
        for column, words in expected.items():
            if not is_heading(heading := self.value(HEAD_ROW, column), words):
                values = {"expected": words, "found": shown(heading)}
                text = _("The heading “%(expected)s” is expected here, not “%(found)s”.") % values
                self.complain(HEAD_ROW, column, text)
        known, found = years_of(self.proposal, cells_of(self.proposal)), {}
        for column in range(FIRST_YEAR, sheets.MOST_COLUMNS):
            heading = self.value(HEAD_ROW, column)
            if heading == "" or is_heading(heading, SUM):
                break
            self.read_year(column, heading, known, found)
        for year in known:
            if year not in found.values():
                text = _("The heading %s is missing in this row.") % year
                self.complaints.append(Complaint(str(HEAD_ROW + 1), text))
        return found

    def read_year(self, column, heading, known, found):
        year = year_in(heading)
        if year is None:
            text = _("A year is expected here, not “%s”.") % shown(heading)
            self.complain(HEAD_ROW, column, text)
        elif year not in known:
            values = {"year": year, "first": known[0], "last": known[-1]}
            text = _("The year %(year)s is not in this proposal (%(first)s to %(last)s).") % values
            self.complain(HEAD_ROW, column, text)
        elif year in found.values():
            self.complain(HEAD_ROW, column, _("The year %s is in another column, too.") % year)
        else:
            found[column] = year

    def read_line(self, number, years):
        """Read one row; rows of sums and empty rows are skipped."""
        key, columns = self.value(number, KEY), [COMPONENT, SOURCE, *years]
        if key == SUM_KEY or all(self.value(number, c) == "" for c in [KEY, *columns]):
            return
        component, source = self.component(number, key), self.source(number)
        if component and source and self.is_first(number, component, source):
            for column, year in years.items():
                won = self.won(number, column)
                if won is not None:
                    self.found[component, year, source] = won

    def component(self, number, key):
        """The primary key of a row's component: by its number, or by a title that only one has."""
        title = self.value(number, COMPONENT)
        if key == "":
            same = [c.pk for c in self.components.values() if folded(c.title) == folded(title)]
            if len(same) == 1 and folded(title):
                return same[0]
            text = _(
                "“%s” is no component of this proposal. Add it on the page first, then download the"
                " form again."
            )
            return self.complain(number, COMPONENT, text % shown(title))
        pk = whole(key)
        if pk not in self.components:
            text = _(
                "This proposal has no component with the number %s. It was taken out, or the row is"
                " from another proposal. Delete the row, or download the form again."
            )
            return self.complain(number, KEY, text % shown(key))
        return pk

    def source(self, number):
        value = self.value(number, SOURCE)
        if source := self.sources.get(folded(value)):
            return source
        values = {"found": shown(value), "known": ", ".join(self.known_sources())}
        text = _("There is no source “%(found)s”. Write one of these: %(known)s.") % values
        return self.complain(number, SOURCE, text)

    def known_sources(self):
        return [str(source.label) for source in Source]

    def is_first(self, number, component, source):
        row = self.seen.setdefault((component, source), number)
        if row != number:
            text = _("The same component and source are in row %s already.") % (row + 1)
            self.complain(number, SOURCE, text)
        return row == number

    def won(self, row, column):
        """The amount of a cell in won; None after adding an error."""
        value = self.value(row, column)
        if isinstance(value, Unusable):
            return self.complain(row, column, value.text)
        if isinstance(value, bool):
            return self.complain(row, column, _("TRUE or FALSE is no amount. Write whole won."))
        if isinstance(value, MOMENTS):
            text = _("“%s” is a date or a time. Format the cell as a number and write whole won.")
            return self.complain(row, column, text % value)
        try:
            return WON.clean(typed(value))
        except ValidationError as wrong:
            return self.complain(row, column, wrong.messages[0])


def typed(value):
    """A number as people type it: 1200.5 is “1,200.5”, and 1200.0 is “1,200”."""
    if not isinstance(value, float):
        return value
    number = whole(value)
    return f"{value:,}" if number is None else f"{number:,}"


def whole(value):
    """A whole number as an int; None for anything else."""
    if isinstance(value, float) and isfinite(value) and abs(value - round(value)) < A_MILLIONTH:
        return round(value)
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def year_in(heading):
    match = A_YEAR.match(unicodedata.normalize("NFKC", typed_plainly(heading)))
    return int(match[1]) if match else None


def typed_plainly(value):
    number = whole(value)
    return str(value) if number is None else str(number)


def shown(value):
    """A value as quoted in an error, at most 40 characters."""
    return (value.text if isinstance(value, Unusable) else typed_plainly(value))[:40]
