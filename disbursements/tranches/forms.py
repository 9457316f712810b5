"""Forms for tranches: request, grant, payment, revocation."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from disbursements.ledger import writers as ledger
from disbursements.ledger.forms import AmountForm
from foundation.web.due_dates import RedateForm
from foundation.web.forms import MoveForm, WonField

from .changes import reason_wanted


class RequestForm(MoveForm):
    won = WonField(label=_("amount in won"))
    purpose = forms.CharField(label=_("what it is needed for"), max_length=500)

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        most = max(ledger.requestable(record.appropriation), 0)
        self.fields["won"].help_text = gettext("At most %s won.") % f"{most:,}"


class GrantForm(AmountForm):
    """The amount granted; a reason is required while an earlier year's settlement is overdue."""

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = record.asked
        if wanted := reason_wanted(record):
            note = self.fields["note"]
            note.required, note.widget = True, forms.Textarea(attrs={"rows": 4})
            note.help_text = wanted


class PayForm(AmountForm):
    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["won"].initial = record.unpaid


TRANCHE_FORMS = {
    "request": RequestForm,
    "grant": GrantForm,
    "pay": PayForm,
    "redate": RedateForm,
}
