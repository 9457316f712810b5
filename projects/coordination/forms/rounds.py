"""What the coordinator proposes to the parties, and what each of them says."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext

from foundation.time import clock
from foundation.time.calendar import add_working_days
from foundation.web.forms import DATE, ModelMoveForm, MoveForm
from projects.budget.forms import WithCells

from ..effective_amounts import lines_in, lines_of
from ..models import Round, write_proposed

MOST_DAYS = 370  # whoever has a year has forgotten it
EXPLANATION = forms.Textarea(attrs={"rows": 5})


class AskPartiesForm(ModelMoveForm):
    """What every round says beside its amounts: why, and until when parties answer."""

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
    """Amounts for every component, year and source, as one grid; not sent means nothing.

    It opens with the amounts of the round under way, or with those that stand.
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
    """Of the round under way; else what stands; else, with nothing supported, what was asked."""
    under_way = proposal.rounds.filter(state__in=Round.UNSETTLED).order_by("-number").first()
    if under_way:
        return lines_in(under_way)
    asked = [line for c in proposal.live_components() for line in c.plain_lines()]
    return lines_of(proposal) or asked


class TakePositionForm(MoveForm):
    """Accept or object; ``seen`` names what the person had before their eyes, and must be sent."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["seen"].required = True

    def write(self, record):
        record.reason = self.cleaned_data["note"]
