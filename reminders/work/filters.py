"""Filters of “my work”, the same for the page and the API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from projects.models import Call
from reminders.matters.kinds import KINDS

from .my_work import SHOWN, Wanted
from .work_query import MOST, in_words

ANY = ("", _("everything"))


class WorkFilter(forms.Form):
    """Filter by kind, overdue, call and agreement; a kind has pages."""

    kind = forms.ChoiceField(label=_("what is to be done"), required=False)
    late = forms.ChoiceField(
        label=_("days"),
        required=False,
        choices=[("", _("all days")), ("1", _("only what is late"))],
    )
    call = forms.ModelChoiceField(label=_("call"), queryset=Call.objects.none(), required=False)
    agreement = forms.ModelChoiceField(
        label=_("agreement"), queryset=Agreement.objects.none(), required=False
    )
    page = forms.IntegerField(
        required=False, min_value=1, max_value=MOST // SHOWN, widget=forms.HiddenInput
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["call"].queryset = Call.objects.visible_to(user)
        self.fields["agreement"].queryset = Agreement.objects.visible_to(user)
        self.fields["kind"].choices = [ANY, *((kind.name, kind.label) for kind in KINDS)]

    @property
    def wanted(self):
        """The chosen filters; no filter if they are invalid."""
        if not self.is_valid():
            return Wanted()
        kind, page = self.cleaned_data["kind"], self.cleaned_data["page"]
        late = bool(self.cleaned_data["late"])
        wholes = (self.cleaned_data[name] for name in ("call", "agreement"))
        return Wanted(kind, late, page if kind and page else 1, *wholes)

    def offer(self, work):
        """Offer only the kinds, calls and agreements with open matters."""
        self.offer_kinds(work.kinds)
        calls, agreements = work.wholes
        self.offer_wholes("call", calls, "-opens_on", str)
        self.offer_wholes("agreement", agreements, "number", numbered)

    def offer_wholes(self, name, keys, order, words):
        """Offer the calls or agreements of matters and the chosen one; without any, no field."""
        field, chosen = self.fields[name], getattr(self.wanted, name)
        rows = field.queryset.filter(pk__in=[*keys, chosen.pk] if chosen else keys)
        found = [(row.pk, words(row)) for row in rows.order_by(order, "pk")[:MOST]]
        field.choices = [ANY, *found]
        if not found and not self[name].errors:
            del self.fields[name]

    def offer_kinds(self, kinds):
        """Offer the kinds, each with the number of its matters."""
        found = [(kind.name, f"{kind.label} ({in_words(count)})") for kind, count in kinds]
        missing = self["kind"].value() not in ("", None, *dict(found))
        chosen = [c for c in self.fields["kind"].choices if c[0] == self["kind"].value()]
        self.fields["kind"].choices = [ANY, *(chosen if missing else ()), *found]


def numbered(agreement):
    return f"{agreement.number} {agreement.title}"
