"""Forms of a proposal: its basics, its partners, copying, handing over to a colleague."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, Role, User
from foundation.time import clock
from foundation.web.forms import MoveForm
from foundation.web.part_forms import ModelPartForm, PartForm
from projects.calls.models import Call
from projects.drafting.copying import copy_parts

from ..models import Proposal

TEXT = forms.Textarea(attrs={"rows": 6})


class ProposalForm(ModelPartForm):
    """The basics: title, purpose and period."""

    model = Proposal
    takes = ["title", "purpose", "first_year", "last_year"]
    widgets = {"purpose": TEXT}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["purpose"].needed_to_submit = True

    def clean(self):
        first, last = self.cleaned_data.get("first_year"), self.cleaned_data.get("last_year")
        if first is not None and not 2000 <= first <= 2100:
            self.add_error("first_year", gettext("Write a year, as in 2027."))
        elif first and last is not None and not first <= last < first + 10:
            self.add_error(
                "last_year", gettext("The last year is at most nine years after the first.")
            )
        return super().clean()


class PartnersForm(PartForm):
    """The other local governments of a joint proposal."""

    partners = forms.ModelMultipleChoiceField(
        label=_("Partner local governments"),
        required=False,
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They sign the agreement too. Choose the province as well."),
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        local = Organisation.objects.local().alive(clock.today()).with_parents()
        others = local.exclude(pk=record.applicant_id)
        self.fields["partners"].queryset = others
        self.fields["partners"].choices = by_province(others)
        self.fields["partners"].initial = self.stored(record)["partners"]

    def stored(self, record):
        chosen = record.partners.all() if record.pk else []
        return {"partners": sorted(partner.pk for partner in chosen)}

    def entered(self):
        return {"partners": sorted(partner.pk for partner in self.cleaned_data["partners"])}

    def words(self, values):
        bodies = Organisation.objects.named().in_bulk(values["partners"])
        names = [full_name(bodies[pk]) for pk in values["partners"]]
        return {self.fields["partners"].label: "\n".join(names)}

    def write_parts(self, record):
        record.partners.set(self.cleaned_data["partners"])


def by_province(bodies):
    """Choices grouped by province, in the order of the official codes."""
    today, groups = clock.today(), {}
    placed = [(whole_of(body, today), body) for body in bodies]
    for whole, body in sorted(placed, key=lambda pair: official_order(*pair, today)):
        groups.setdefault(whole.name_on(today), []).append((body.pk, body.name_on(today)))
    return list(groups.items())


def whole_of(body, day):
    spell = body.spell_on(day)
    return spell.parent if spell and spell.parent_id else body


def official_order(whole, body, day):
    """Sort key: provinces by code, each before its cities; organisations without a code last."""
    codes = [(spell and spell.code) or "~" for spell in (whole.spell_on(day), body.spell_on(day))]
    return codes[0], whole.pk, body.pk != whole.pk, codes[1], body.pk


def full_name(organisation):
    return organisation.full_name_on(clock.today())


class CopyForm(MoveForm):
    """Copy a proposal as a new one under an open call."""

    call = forms.ModelChoiceField(label=_("call"), queryset=Call.objects.none())
    title = forms.CharField(label=_("title"), max_length=200)

    def __init__(self, *args, record, source, **options):
        super().__init__(*args, record=record, **options)
        self.source = source
        calls = Call.objects.accepting(clock.today()).order_by("closes_on", "pk")
        self.fields["call"].queryset = calls
        self.fields["call"].initial = calls.first()
        self.fields["title"].initial = source.title

    def write(self, record):
        call, years = self.cleaned_data["call"], len(self.source.years)
        record.call, record.title = call, self.cleaned_data["title"]
        record.purpose = self.source.purpose
        record.first_year = call.first_fiscal_year
        record.last_year = call.first_fiscal_year + years - 1

    def write_parts(self, record):
        copy_parts(self.source, record)


class HandOverForm(MoveForm):
    """Hand the draft over to a colleague: a drafter of the same organisation or a deputy."""

    colleague = forms.ModelChoiceField(label=_("colleague"), queryset=User.objects.none())

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.offer({record.applicant_id})

    def offer(self, organisations):
        today = clock.today()
        posts = Membership.objects.active(today).filter(
            organisation__in=organisations, role=Role.DRAFTER
        )
        others = User.objects.acting_in(posts, today).exclude(pk=self.actor.pk)
        self.fields["colleague"].queryset = others.order_by("name", "pk")
        if not others.exists():
            self.fields["colleague"].help_text = gettext(
                "Nobody else drafts for this organisation. Its administrator gives people posts."
            )

    def widen(self, records):
        """Offer the drafters of all applicants, for one move on many proposals."""
        self.offer({record.applicant_id for record in records})

    def write(self, record):
        record.held_by = self.cleaned_data["colleague"]
