"""The form of the public check of an agreement."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.pdf_signatures.sandbox import MOST_BYTES
from foundation.web.rate_limit import Limit

TRIES = Limit("check", most=20, seconds=60)


class CheckForm(forms.Form):
    """A PDF file or the number of an agreement; one of them is required."""

    file = forms.FileField(
        label=_("PDF of the agreement"),
        required=False,
        allow_empty_file=True,
        help_text=_("At most 20 MB. It is read once and not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    number = forms.CharField(
        label=_("number of the agreement"),
        required=False,
        max_length=20,
        help_text=_("As printed at the top of every page, such as 2027-0012."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is larger than 20 MB; no agreement is."))
        return file

    def clean(self):
        if (
            not self.errors
            and not self.cleaned_data.get("file")
            and not self.cleaned_data.get("number")
        ):
            raise forms.ValidationError(gettext("Choose a PDF file, or write a number."))
        return super().clean()
