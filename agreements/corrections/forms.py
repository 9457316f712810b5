"""Forms of corrections and their confirmations, for pages and the API."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.signing.forms import PasswordForm
from agreements.versions.models import Party, Signature
from foundation.engine.workflow import NotNow
from foundation.web.forms import ModelMoveForm

from .models import TEXTS, Correction

LABELS = {
    "heading_ko": _("heading in Korean"),
    "body_ko": _("text in Korean"),
    "heading_en": _("heading in English"),
    "body_en": _("text in English"),
}


class CorrectionForm(ModelMoveForm):
    """The corrected text of every article; only articles that differ are proposed."""

    model = Correction
    takes = ["reason"]
    widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.articles = list(record.version.articles.order_by("number"))
        for article in self.articles:
            for name in TEXTS:
                self.fields[f"{name}_{article.number}"] = field_of(article, name)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def texts_of(self, article):
        return [self[f"{name}_{article.number}"] for name in TEXTS]

    def rows(self):
        """The articles with their fields, for the page."""
        return [(article, self.texts_of(article)) for article in self.articles]

    def clean(self):
        if not self.errors and not self.changed():
            self.add_error(None, gettext("Nothing differs from the current text."))
        return super().clean()

    def changed(self):
        """(number, before, after) of the articles that differ."""
        found = []
        for article in self.articles:
            before = [getattr(article, name) for name in TEXTS]
            after = [self.cleaned_data.get(f"{name}_{article.number}", "") for name in TEXTS]
            if before != after:
                found.append((article.number, before, after))
        return found

    def write(self, record):
        super().write(record)
        record.edition = record.version.edition

    def write_parts(self, record):
        """Check again under the lock that the corrected articles still read as they were shown."""
        held = {row.number: row for row in record.version.articles.all()}
        for number, before, after in self.changed():
            if [getattr(held.get(number), name, None) for name in TEXTS] != before:
                raise NotNow(gettext("The text has changed since you opened it. Read it again."))
            record.articles.create(number=number, before=before, after=after)


def field_of(article, name):
    text = getattr(article, name)
    long = name.startswith("body")
    rows = min(8, 2 + len(text) // 60)
    return forms.CharField(
        label=LABELS[name],
        initial=text,
        required=name.endswith("_ko"),
        max_length=None if long else 100,
        widget=forms.Textarea(attrs={"rows": rows}) if long else None,
    )


class ConfirmForm(PasswordForm):
    """A confirmation; a party that has signed here gives the password and is signed for again."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        if not signed_here(record.party):
            del self.fields["password"]

    def write(self, record):
        record.signs_again = "password" in self.fields
        if record.signs_again != signed_here(record.party):
            raise NotNow(
                gettext("Somebody changed this since you opened it. Read it again, then decide.")
            )


def signed_here(party):
    signature = party.current_signature()
    return party.state == Party.State.SIGNED and bool(
        signature and signature.kind == Signature.Kind.PLATFORM
    )


CORRECTION_FORMS = {"propose": CorrectionForm}
CONFIRMATION_FORMS = {"confirm": ConfirmForm}
