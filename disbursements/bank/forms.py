"""Forms for bank accounts, payment batches and the bank's files, for pages and the API."""

import hashlib

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disbursements.tranches.models import Tranche
from foundation.intake.files import MEGABYTE, safe_name
from foundation.web.forms import ModelMoveForm, MoveForm

from . import confirming, files
from .composing import MOST_ITEMS, payable, take, without_account, write_items
from .models import BankAccount

ONE_LINE = RegexValidator(r"\A[^\x00-\x1f\x7f]+\Z", _("Write the name in one line."))


class AccountForm(ModelMoveForm):
    """Bank, number and holder of an account."""

    model = BankAccount
    takes = ("bank", "number", "holder")

    def clean(self):
        if self.cleaned_data.get("holder"):
            try:
                ONE_LINE(self.cleaned_data["holder"])
            except forms.ValidationError as wrong:
                self.add_error("holder", wrong)
        return super().clean()


class BatchForm(MoveForm):
    """The tranches that are paid with one file."""

    tranches = forms.ModelMultipleChoiceField(
        label=_("tranches"),
        queryset=Tranche.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Some of these cannot be paid now. Choose again.")},
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.offered = payable(record.payer).for_list().order_by("due_on", "pk")
        self.fields["tranches"].queryset = self.offered
        self.offer()

    def offer(self):
        """Offer tranches that fit into one file; list those without an account separately."""
        rows = list(self.offered[:MOST_ITEMS])
        self.without = [without_account(row) for row in rows if row.account is None]
        ready = [row for row in rows if row.account is not None]
        accounts = BankAccount.objects.in_bulk({row.account for row in ready})
        field = self.fields["tranches"]
        field.choices = [(row.pk, self.words(row, accounts[row.account])) for row in ready]
        field.initial = [row.pk for row in ready]

    def words(self, tranche, account):
        text = gettext("%(tranche)s: %(won)s won to %(recipient)s, %(bank)s %(number)s")
        return text % {
            "tranche": tranche,
            "won": f"{tranche.unpaid:,}",
            "recipient": tranche.appropriation.recipient,
            "bank": account.get_bank_display(),
            "number": account.masked,
        }

    def clean_tranches(self):
        rows = list(self.cleaned_data["tranches"])
        if len(rows) > MOST_ITEMS:
            raise forms.ValidationError(
                gettext("At most %s payments fit into a batch.") % f"{MOST_ITEMS:,}"
            )
        if without := [without_account(row) for row in rows if row.account is None]:
            raise forms.ValidationError(without)
        return sorted(row.pk for row in rows)

    def write(self, record):
        self.taken = take(record, self.cleaned_data["tranches"])

    def write_parts(self, record):
        write_items(record, self.taken)


class ConfirmationsForm(MoveForm):
    """A file of the bank: accepted or rejected as a whole, then booked line by line."""

    file = forms.FileField(
        label=_("file of the bank"),
        allow_empty_file=True,
        help_text=_(
            "CSV in UTF-8, at most 2 MB. First line: reference,won,paid_on,status,message. Last"
            " line: total, the number of lines, the sum in won."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["seen"].initial = None  # no conflict with other changes

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > files.MOST_BYTES:
            size = files.MOST_BYTES // MEGABYTE
            raise forms.ValidationError(gettext("The file is larger than %s MB.") % size)
        self.content, self.name = file.read(), safe_name(file.name)
        try:
            self.confirmations = confirming.read(self.content)
        except files.Unreadable as reason:
            raise forms.ValidationError(str(reason)) from reason
        return hashlib.sha256(self.content).hexdigest()

    def write(self, record):
        confirming.refuse_repetition(self.content)
        confirming.refuse_those_who_decided(record, self.actor)
        confirming.refuse_a_file_of_others(record, self.confirmations)

    def write_parts(self, record):
        confirming.take_in(record, self.name, self.content, self.confirmations, self.actor)

    def perform(self, workflow):
        """Read the file and book its first lines; a worker books the others."""
        done = super().perform(workflow)
        confirming.go_on(done.lines, most=confirming.AT_ONCE)
        return done


class SettleLineForm(MoveForm):
    """A note on what was done; if no money was transferred, the tranche can be released."""

    release = forms.BooleanField(
        label=_("No money was transferred: release the tranche, to be paid again"), required=False
    )

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        if not confirming.is_still_open(record):
            del self.fields["release"]

    def write_parts(self, record):
        if self.cleaned_data.get("release"):
            confirming.let_go(record)


ACCOUNT_FORMS = {"request": AccountForm}
BATCH_FORMS = {"write": BatchForm, "read": ConfirmationsForm}
LINE_FORMS = {"settle": SettleLineForm}
