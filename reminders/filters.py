"""How “my work” is narrowed: one definition for the page and the API."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .deadlines import KINDS
from .turns import MOST, in_words
from .work import SHOWN, Wanted

ANY = ("", _("everything"))


class WorkFilter(forms.Form):
    """What is to be done, and whether only what is late is shown; a kind has pages."""

    kind = forms.ChoiceField(label=_("what is to be done"), required=False)
    late = forms.ChoiceField(
        label=_("days"),
        required=False,
        choices=[("", _("all days")), ("1", _("only what is late"))],
    )
    page = forms.IntegerField(
        required=False, min_value=1, max_value=MOST // SHOWN, widget=forms.HiddenInput
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [ANY, *((kind.name, kind.label) for kind in KINDS)]

    @property
    def wanted(self):
        """What was asked for; all of it where that cannot be shown."""
        if not self.is_valid():
            return Wanted()
        kind, page = self.cleaned_data["kind"], self.cleaned_data["page"]
        late = bool(self.cleaned_data["late"])
        return Wanted(kind, late, page if kind and page else 1)

    def offer(self, kinds):
        """Draw only the kinds of which there is something, each with how many."""
        found = [(kind.name, f"{kind.label} ({in_words(count)})") for kind, count in kinds]
        missing = self["kind"].value() not in ("", None, *dict(found))
        chosen = [c for c in self.fields["kind"].choices if c[0] == self["kind"].value()]
        self.fields["kind"].choices = [ANY, *(chosen if missing else ()), *found]
