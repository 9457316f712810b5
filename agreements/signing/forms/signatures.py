"""Forms of a signature given here, and of a document signed elsewhere."""

import hashlib

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from agreements.pdf_signatures.sandbox import MOST_BYTES
from foundation.engine.workflow import NotNow
from foundation.time import clock
from foundation.web.forms import MoveForm

from .. import signatures, signed_documents
from ..external_signatures import Refused, examine
from ..models import Delegation
from .passwords import PasswordForm

OWN_OFFICE = "office"


class TextForm(MoveForm):
    """Binds the signature to the digest of the text that was shown."""

    digest = forms.CharField(widget=forms.HiddenInput, required=True, max_length=64)

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

    def write(self, record):
        """Check the digest again under the lock: the text may have been corrected meanwhile."""
        if self.cleaned_data["digest"] != record.version.digest:
            raise NotNow(gettext("The text has changed since you opened it. Read it again."))


class SignForm(TextForm, PasswordForm):
    """A person signs in their own office, or for another person under a delegation."""

    capacity = forms.ChoiceField(
        label=_("in which capacity"),
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("This delegation has ended or was revoked. Nothing was signed.")
        },
    )
    office = forms.CharField(
        label=_("office"),
        max_length=100,
        required=False,
        help_text=_("As printed under the text, such as “Governor”; for your own office only."),
    )
    read = forms.BooleanField(
        label=_("I have read the text and the schedule that bear this digest.")
    )

    field_order = ["capacity", "office", "read", "password"]

    def __init__(self, *args, record, actor, **options):
        super().__init__(*args, record=record, actor=actor, **options)
        self.delegations = {str(row.pk): row for row in self.valid_delegations()}
        own = (OWN_OFFICE, _("In my own office"))
        self.fields["capacity"].choices = [
            own,
            *((pk, delegation_label(row)) for pk, row in self.delegations.items()),
        ]
        self.fields["capacity"].initial = OWN_OFFICE
        if not self.delegations:
            self.fields["capacity"].widget = forms.HiddenInput()
            self.fields["office"].required = True
        self.order_fields([*self.field_order, *self.fields])

    def valid_delegations(self):
        bodies = signatures.bodies_of(self.record)
        rows = Delegation.objects.valid(clock.today()).filter(
            person=self.actor, organisation__in=bodies
        )
        return rows.order_by("until", "pk")

    def clean(self):
        capacity = self.cleaned_data.get("capacity")
        if capacity == OWN_OFFICE and not self.cleaned_data.get("office", "").strip():
            self.add_error("office", gettext("Say in which office you sign."))
        return super().clean()

    def write_parts(self, record):
        signatures.sign_here(
            record, actor=self.actor, signatory=self.actor.name, **self.capacity_fields()
        )

    def capacity_fields(self):
        """Office and authority; checks a delegation again, because it may have just ended."""
        capacity = self.cleaned_data["capacity"]
        if capacity == OWN_OFFICE:
            with override("ko"):  # it is printed on the Korean document
                authority = gettext("by virtue of the office")
            return {"office": self.cleaned_data["office"].strip(), "authority": authority}
        row = Delegation.objects.select_for_update(of=("self",)).get(pk=capacity)
        if not row.is_valid_on(clock.today()):
            raise NotNow(
                gettext("The delegation “%s” has ended or was revoked. Nothing was signed.") % row
            )
        return {"office": row.office, "authority": row.authority, "delegation": row}


def delegation_label(row):
    return gettext("%(office)s, delegated by %(authority)s until %(day)s") % {
        "office": row.office,
        "authority": row.authority,
        "day": row.until,
    }


class ElsewhereForm(TextForm):
    """The newest document with one more signature, made with the party's own software."""

    file = forms.FileField(
        label=_("the signed PDF"),
        allow_empty_file=True,
        help_text=_(
            "The newest document with your signature in the field of your party, "
            "and nothing else changed."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )
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

    def clean_file(self):
        """Examine the file before the move; the move checks its base document again."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than %s MB. Upload the document as you signed it.")
                % (MOST_BYTES // 1024**2)
            )
        self.content = file.read()
        try:
            self.examined = examine(
                self.record, signed_documents.newest(self.record.version), self.content
            )
        except Refused as reason:
            raise forms.ValidationError(str(reason)) from reason
        return hashlib.sha256(self.content).hexdigest()

    def write_parts(self, record):
        newest = signed_documents.newest(record.version)
        if newest is None or newest.sha256 != self.examined.base:
            raise NotNow(
                gettext(
                    "Somebody signed meanwhile. Download the newest document and sign that one."
                )
            )
        words = {name: self.cleaned_data[name] for name in ("signatory", "office", "authority")}
        signatures.record_external_signature(
            record,
            actor=self.actor,
            words=words,
            content=self.content,
            fingerprint=self.examined.fingerprint,
        )
