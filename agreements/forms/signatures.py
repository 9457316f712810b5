"""What signatories send."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation import clock
from foundation.forms import MoveForm


class SignForm(MoveForm):
    """Signatory, office and authority, bound to the digest of the text that was shown."""

    digest = forms.CharField(widget=forms.HiddenInput, required=True, max_length=64)
    signatory = forms.CharField(label=_("signatory"), max_length=100)
    office = forms.CharField(label=_("office"), max_length=100)
    authority = forms.CharField(
        label=_("authority"),
        max_length=200,
        help_text=_(
            "By which right the signatory signs: the office itself, "
            "or a delegation with its document number."
        ),
    )
    read = forms.BooleanField(
        label=_("I have read the text and the schedule that bear this digest.")
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["digest"].initial = record.version.digest

    def clean_digest(self):
        digest = self.cleaned_data["digest"]
        if digest != self.record.version.digest:
            raise forms.ValidationError(
                gettext("The text has changed since you opened it. Read it again.")
            )
        return digest

    def write_parts(self, record):
        names = ("digest", "signatory", "office", "authority")
        entered = {name: self.cleaned_data[name] for name in names}
        record.signatures.create(signed_by=self.actor, signed_at=clock.now(), **entered)
