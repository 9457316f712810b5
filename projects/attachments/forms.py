"""Forms that upload a file: the attachments of a proposal."""

from django import forms
from django.db.models import BLANK_CHOICE_DASH
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NotNow
from foundation.intake import files
from foundation.time import clock
from foundation.web.forms import MoveForm
from projects.calls.models import PaperKind

from . import file_storage
from .models import Attachment


class FileMoveForm(MoveForm):
    """A move with one uploaded file; its type is detected from its content.

    The file is stored while the record is locked, and deleted at once if the move fails.
    """

    file = forms.FileField(
        label=_("file"),
        allow_empty_file=True,
        help_text=_("PDF, HWPX, HWP, DOCX, XLSX, PNG or JPEG, at most 25 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(files.ENDINGS)}),
    )

    def clean_file(self):
        """Check size, name and type of the file; its content is read into memory once."""
        file = self.cleaned_data["file"]
        files.refuse_size(file.size)
        file.name = files.safe_name(file.name)
        file.kind = files.examine(file.name, self.content)
        return file

    @cached_property
    def content(self):
        return self.files["file"].read()

    def perform(self, workflow):
        try:
            return super().perform(workflow)
        except BaseException:
            self.forget_file()
            raise

    def forget_file(self):
        """Delete the stored file, unless a row names it."""
        raise NotImplementedError


class AttachForm(FileMoveForm):
    """Attach one file to the proposal."""

    kind = forms.ChoiceField(
        label=_("kind of paper"), choices=[*BLANK_CHOICE_DASH, *PaperKind.choices]
    )
    remark = forms.CharField(label=_("note"), required=False, max_length=300)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["seen"].initial = None  # adding a file conflicts with no other change
        self.fields["file"].help_text = _(
            "PDF, HWPX, HWP, DOCX, XLSX, PNG or JPEG, at most 25 MB; 100 MB in all."
        )
        self.order_fields(["seen", "key", "kind", "file", "remark", "note"])

    def clean_file(self):
        file = super().clean_file()
        for reason in file_storage.reasons_against(self.record, self.content):
            raise forms.ValidationError(reason)
        return file

    def write(self, record):
        """Check again under the lock: a colleague may have attached the same file meanwhile."""
        for reason in file_storage.reasons_against(record, self.content):
            raise NotNow(reason)

    def write_parts(self, record):
        file = self.cleaned_data["file"]
        Attachment.objects.create(
            proposal=record,
            kind=self.cleaned_data["kind"],
            name=file.name,
            file=file_storage.keep(record, self.content),
            media_type=file.kind.media_type,
            size=len(self.content),
            sha256=file_storage.digest_of_file(self.content),
            note=self.cleaned_data["remark"],
            added_by=self.actor,
            added_at=clock.now(),
        )

    def forget_file(self):
        digest = file_storage.digest_of_file(self.content)
        file_storage.clear_away(self.record, file_storage.address_of(self.record, digest))


class TakeOutForm(MoveForm):
    """Take an attachment out of the proposal."""

    def __init__(self, *args, attachment, **options):
        super().__init__(*args, **options)
        self.attachment = attachment

    def write_parts(self, record):
        found = record.attachments.filter(pk=self.attachment.pk, removed=False).first()
        if found is None:
            raise NotNow(_("This attachment was taken out already."))
        file_storage.take_out(found)
