"""Forms of the budget workbook: upload the file, then confirm its amounts."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.intake.sheets.package import MOST_BYTES
from foundation.web.forms import MoveForm
from projects.proposals.models import Source

from .. import sums as budget
from ..grid import cells_of, changed_cells, write_cells, years_of
from ..sums import Line

A_DAY = timedelta(days=1)
SALT = "projects.budget-sheet"


class UploadForm(MoveForm):
    """Upload a workbook; nothing is saved yet."""

    file = forms.FileField(
        label=gettext_lazy("filled-in form (.xlsx)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        text = _("The form that you downloaded here, as .xlsx, at most %s MB.")
        self.fields["file"].help_text = text % (MOST_BYTES // 1024 // 1024)


class SheetForm(MoveForm):
    """Confirm the cells read from a workbook; until then they are only in a signed form field.

    The signature is valid for one day, one person, one proposal and the state that was shown.
    """

    cells = forms.CharField(widget=forms.HiddenInput)

    def clean_cells(self):
        try:
            sent = signing.loads(self.cleaned_data["cells"], salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            sent = {}
        if (sent.get("proposal"), sent.get("person")) != (self.record.pk, self.actor.pk):
            raise ValidationError(_("What you confirm is too old. Upload the file again."))
        return sent

    def clean(self):
        """Take the state that the person saw from the signed field only."""
        if sent := self.cleaned_data.get("cells"):
            self.cleaned_data["seen"] = sent["seen"]
        return super().clean()

    def wanted(self):
        """{(component, year, source): won} of the cells to confirm, or confirmed."""
        sent = self.cleaned_data.get("cells") if self.is_bound else None
        cells = sent["cells"] if sent else self.initial.get("wanted", [])
        return {(component, year, source): won for component, year, source, won in cells}

    def changes(self):
        """Cells that would change, as (component, year, source label, change), in page order."""
        found = changed_cells(self.record, self.wanted())
        titles = {component.pk: component for component in self.record.live_components()}
        order = {source.value: place for place, source in enumerate(Source)}
        for cell in sorted(found, key=lambda cell: (cell[0], order[cell[2]], cell[1])):
            component, year, source = cell
            change = budget.Change(cell, *found[cell])
            yield titles.get(component, component), year, Source(source).label, change

    def by_year(self):
        """([change of each year, …], change of all years together)."""
        now = cells_of(self.record)
        then = now | self.wanted()
        changes, everything = budget.changes(plain(now.items()), plain(then.items()), "year")
        by_year = {change.head: change for change in changes}
        years = years_of(self.record, then)
        return [by_year.get(year) or budget.Change(year, 0, 0) for year in years], everything

    def write_parts(self, record):
        write_cells(record, self.wanted())


def plain(cells):
    return [Line(component, "", year, source, won) for (component, year, source), won in cells]


def sealed(proposal, person, cells):
    """Cells as signed text, to be confirmed by one person while the proposal does not change."""
    sent = {
        "proposal": proposal.pk,
        "person": person.pk,
        "seen": proposal.moves_made,
        "cells": [[*cell, won] for cell, won in cells.items()],
    }
    return signing.dumps(sent, salt=SALT, compress=True)
