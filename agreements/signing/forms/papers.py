"""The form with which a signature on paper is entered."""

import hashlib

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.intake import files
from foundation.intake.file_kinds import JPEG, PDF, PNG
from foundation.time import clock
from foundation.web.forms import DATE, ModelMoveForm

from ..models import PaperSignature

MOST_BYTES = 10 * files.MEGABYTE


class PaperForm(ModelMoveForm):
    """The scan of the signed print and the data on it; another person confirms it."""

    model = PaperSignature
    takes = ["signatory", "office", "authority", "document_number", "signed_on"]
    widgets = {"signed_on": DATE}

    file = forms.FileField(
        label=_("scan of the signed print"),
        allow_empty_file=True,
        help_text=_("PDF, JPEG or PNG, at most 10 MB. Number and digest must be readable on it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    same = forms.BooleanField(
        label=_("The print bears the digest shown here, and its number, version and edition.")
    )

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > clock.today():
            raise forms.ValidationError(gettext("The day of the signature cannot lie ahead."))
        return day

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                gettext("The scan is larger than 10 MB. Scan it with fewer points per inch.")
            )
        self.content = file.read()
        self.name = files.safe_name(file.name)
        self.kind = files.examine(self.name, self.content)
        if self.kind not in (PDF, JPEG, PNG):
            raise forms.ValidationError(gettext("A scan is a PDF, JPEG or PNG file."))
        return hashlib.sha256(self.content).hexdigest()

    def write(self, record):
        super().write(record)
        record.digest = record.party.version.digest
        record.scan, record.name = self.content, self.name
        record.media_type = self.kind.media_type
        record.sha256 = self.cleaned_data["file"]
