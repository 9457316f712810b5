"""What coordinators send when they return a proposal or change who leads it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import MoveForm
from foundation.web.row_forms import RowForm, RowSet, WithRows

from ..models import Shortcoming
from ..parts import PARTS
from .proposals import SelectForm


class ShortcomingRow(RowForm):
    part = forms.ChoiceField(label=_("part"))
    text = forms.CharField(
        label=_("what is missing"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        named = [(part.name, capfirst(part.label)) for part in PARTS]
        self.fields["part"].choices = [("", "–"), *named]


class ReturnForm(WithRows, MoveForm):
    """A reason, and what is missing in which part: the drafter finds it at the place."""

    row_sets = {
        "shortcomings": RowSet(
            ShortcomingRow,
            _("What is missing"),
            _("shortcoming"),
            help=_("The applicant finds each at its part until the next submission."),
        ),
    }

    def stored_rows(self, name, record):
        """Each return begins with an empty list: what was missing before stands in its letter."""
        return []

    def write_parts(self, record):
        revision = record.revisions.latest("number")
        Shortcoming.objects.bulk_create(
            Shortcoming(proposal=record, revision=revision, part=row["part"], text=row["text"])
            for row in self.rows("shortcomings")
        )


class ChangeLeadForm(SelectForm):
    """Another lead ministry after selection, with a reason; the shares are shown in words."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        field = self.fields["lead_ministry"]
        field.queryset = field.queryset.exclude(pk=record.lead_ministry_id)
        field.initial = min(self.proposed - {record.lead_ministry_id}, default=None)
        field.help_text = self.in_words(record.lead_ministry)

    def in_words(self, lead):
        """How the ministry that leads now compares with the largest national share."""
        mine = self.shares.get(lead.pk, 0) if lead else 0
        words = {"lead": lead, "mine": f"{mine:,}"}
        most = max(self.shares.values(), default=0)
        if mine >= most:
            return (
                gettext("%(lead)s leads now and has the largest national share, %(mine)s won.")
                % words
            )
        words |= {"most": f"{most:,}", "less": f"{most - mine:,}"}
        return (
            gettext(
                "%(lead)s leads now with %(mine)s won of national funds; the largest national share"
                " is %(most)s won, %(less)s won more."
            )
            % words
        )
