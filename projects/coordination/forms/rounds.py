"""Forms of rounds (coordinator) and of positions (parties)."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext

from foundation.time import clock
from foundation.time.calendar import add_working_days
from foundation.web.forms import DATE, ModelMoveForm, MoveForm
from projects.budget.forms import WithCells

from ..effective_amounts import lines_in, lines_of
from ..models import Round, write_proposed

MOST_DAYS = 370  # about a year
EXPLANATION = forms.Textarea(attrs={"rows": 5})


class AskPartiesForm(ModelMoveForm):
    """The explanation and the due date of every round."""

    model = Round
    takes = ["explanation", "due_on"]
    widgets = {"explanation": EXPLANATION, "due_on": DATE}

    def due_by_default(self, call):
        self.fields["due_on"].initial = add_working_days(clock.today(), call.consent_days)

    def clean_due_on(self):
        due, today = self.cleaned_data["due_on"], clock.today()
        if due and not today <= due <= today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(gettext("Choose today or a later day, within a year."))
        return due


class ProposeForm(WithCells, AskPartiesForm):
    """Amounts for every component, year and source as one grid; a cell that is not sent is 0.

    The initial amounts are those of the unsettled round, or the effective amounts.
    """

    def __init__(self, *args, record, all_sources=False, **options):
        super().__init__(*args, record=record, **options)
        proposal = record.proposal
        self.due_by_default(proposal.call)
        self.all_sources = all_sources
        components = proposal.live_components()
        lines = opening_lines(proposal)
        cells = {(line.component, line.year, line.source): line.won for line in lines}
        self.span(components, proposal.years, cells)
        if self.is_bound:
            self.standing = {}

    def clean(self):
        data = super().clean()
        if not self.wrong and not any(self.wanted.values()):
            self.add_error(None, gettext("No amount is proposed. Write at least one."))
        return data

    def write_parts(self, record):
        write_proposed(record, self.lines())


def opening_lines(proposal):
    """Initial lines: the unsettled round's, else the effective, else the requested amounts."""
    under_way = proposal.rounds.filter(state__in=Round.UNSETTLED).order_by("-number").first()
    if under_way:
        return lines_in(under_way)
    asked = [line for c in proposal.live_components() for line in c.plain_lines()]
    return lines_of(proposal) or asked


class TakePositionForm(MoveForm):
    """Accept or object; ``seen``, the state that the person read, must be sent."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["seen"].required = True

    def write(self, record):
        record.reason = self.cleaned_data["note"]
