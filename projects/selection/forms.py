"""Forms to recommend, select, reserve or return a proposal."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from foundation.engine.workflow import NotNow
from foundation.web.forms import MoveForm
from foundation.web.row_forms import RowForm, RowSet, WithRows
from projects.calls.models import Call
from projects.conditions.models import Shortcoming
from projects.drafting.task_list import PARTS
from projects.proposals.models import Proposal

from .lead_ministry import largest, national_shares, needs_reason


class SelectForm(MoveForm):
    """Select a proposal and name the lead ministry; another than the largest needs a reason."""

    lead_ministry = forms.ModelChoiceField(
        label=_("lead ministry"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.shares = national_shares(record)
        self.proposed = largest(self.shares)
        self.fields["lead_ministry"].queryset = (
            Organisation.objects.filter(components__proposal=record)
            .named()
            .distinct()
            .order_by("pk")
        )
        self.fields["lead_ministry"].initial = record.lead_ministry_id or min(
            self.proposed, default=None
        )
        self.fields["lead_ministry"].label_from_instance = self.with_its_share
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 6})
        if not self.move.needs_note:
            self.fields["note"].help_text = gettext(
                "Needed where the lead ministry is not the one with the largest national share."
            )

    def with_its_share(self, ministry):
        won = f"{self.shares.get(ministry.pk, 0):,}"
        return gettext("%(ministry)s: %(won)s won") % {"ministry": ministry, "won": won}

    def clean(self):
        lead, note = self.cleaned_data.get("lead_ministry"), self.cleaned_data.get("note", "")
        if lead and not self.errors.get("note") and needs_reason(lead, self.proposed, note):
            self.add_error("note", gettext("Give a reason."))
        return super().clean()


class PlaceForm(MoveForm):
    """A unique place in an order; ``field`` stores it, ``among`` are the fields of the order."""

    field, among = "", ()

    place = forms.IntegerField(label=_("place"), min_value=1, max_value=200)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        taken = set(self.others(record).values_list(self.field, flat=True))
        most = self.most(record)
        self.fields["place"].max_value = most
        self.fields["place"].validators.append(MaxValueValidator(most))
        self.fields["place"].initial = next((n for n in range(1, most + 1) if n not in taken), None)

    def most(self, record):
        return 200

    def others(self, record):
        """Other proposals of the same order that have a place; lock the call first."""
        same = {name: getattr(record, name) for name in self.among}
        rows = Proposal.objects.filter(**same, **{f"{self.field}__isnull": False})
        return rows.exclude(pk=record.pk)

    def write(self, record):
        Call.objects.select_for_update().get(pk=record.call_id)
        place = self.cleaned_data["place"]
        if self.others(record).filter(**{self.field: place}).exists():
            raise NotNow(gettext("Place %s is taken. Choose another one.") % place)
        setattr(record, self.field, place)


class RecommendForm(PlaceForm):
    """The place in the province's order; the call's quota is the number of places."""

    field, among = "province_place", ("call", "screened_by")

    def most(self, record):
        return record.call.province_quota or 1


class ReserveForm(PlaceForm):
    """The place in the order in which reserves are selected when others withdraw."""

    field, among = "reserve_place", ("call",)


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
    """Return a proposal with a reason and a list of what is missing in which part."""

    row_sets = {
        "shortcomings": RowSet(
            ShortcomingRow,
            _("What is missing"),
            _("shortcoming"),
            help=_("The applicant finds each at its part until the next submission."),
        ),
    }

    def stored_rows(self, name, record):
        """Each return starts with an empty list; those of earlier returns are in their letters."""
        return []

    def write_parts(self, record):
        revision = record.revisions.latest("number")
        Shortcoming.objects.bulk_create(
            Shortcoming(proposal=record, revision=revision, part=row["part"], text=row["text"])
            for row in self.rows("shortcomings")
        )


class ChangeLeadForm(SelectForm):
    """Change the lead ministry after selection, with a reason."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        field = self.fields["lead_ministry"]
        field.queryset = field.queryset.exclude(pk=record.lead_ministry_id)
        field.initial = min(self.proposed - {record.lead_ministry_id}, default=None)
        field.help_text = self.in_words(record.lead_ministry)

    def in_words(self, lead):
        """Help text: the share of the current lead ministry and the largest national share."""
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
