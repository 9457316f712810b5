"""Forms of moves, the same for pages and API."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.engine.history import digest_of
from foundation.time import clock

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_WON = 10**15  # 1,000 trillion won: far more than any component


FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
BLANKS_AND_COMMAS = dict.fromkeys(map(ord, ", ，\u00a0\u2007\u2009\u202f\u3000"))


def without_marks(value):
    """An amount as typed without blanks and commas, full-width characters as ordinary ones.

    Nothing else is changed: ``5²`` is not 52.
    """
    text = str("" if value is None else value).strip()
    return text.translate(FULL_WIDTH | BLANKS_AND_COMMAS)


class WonField(forms.Field):
    """A whole number of won, as people write it: ``1,200,000``.

    Empty means ``nothing``: 0, or None where a written 0 means something else.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "won", "autocomplete": "off"})
    default_error_messages = {
        "whole": _("“%(value)s” is no whole number of won. Write digits only, as in 1,200,000."),
        "range": _("Write an amount between 0 and %(most)s won."),
    }

    def __init__(self, *, nothing=0, **options):
        super().__init__(**options)
        self.nothing = nothing

    def to_python(self, value):
        text = without_marks(value).removeprefix("₩").removeprefix("￦").removesuffix("원")
        if not text:
            return self.nothing
        if not (text.isascii() and text.isdigit()):
            raise ValidationError(
                self.error_messages["whole"], code="whole", params={"value": str(value)[:40]}
            )
        if len(text) > 20 or int(text) > MOST_WON:
            raise ValidationError(
                self.error_messages["range"], code="range", params={"most": f"{MOST_WON:,}"}
            )
        return int(text)

    def validate(self, value):
        if self.required and value == self.nothing:
            raise ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value):
        return f"{value:,}" if isinstance(value, int) and value else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def from_today(day):
    """A validator: today or a later day."""
    if day < clock.today():
        raise ValidationError(gettext("Choose today or a later day."))


class MoveForm(forms.Form):
    """The form of a move, with a reason if the move needs one and no other visible field.

    ``seen`` is the ``moves_made`` of the record that the person saw; ``key`` makes a move of
    money count once, however often it is sent. A ``quiet`` form shows what was typed and
    no errors yet.
    """

    quiet = False
    refusal = None  # a NotNow, with links to what is missing

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Reason"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, data=None, *, record, move, actor, **options):
        super().__init__(data, **options)
        self.record, self.move, self.actor = record, move, actor
        self.fields["seen"].initial = record.moves_made
        self.fields["note"].required = move.needs_note
        if not move.needs_note:
            self.fields["note"].widget = forms.HiddenInput()
        self.order_fields([name for name in self.fields if name != "note"] + ["note"])

    def widen(self, records):
        """Offer the choices that fit any of many records; each record is checked again later."""

    @property
    def errors(self):
        return ErrorDict() if self.quiet else super().errors

    def with_more_rows(self, name):
        """The same form with what was typed, quiet; forms with rows add blank ones to ``name``."""
        self.quiet = True
        return self

    def change(self, record):
        """Called by the move under the lock of the record, before it is saved."""
        self.write(record)

    def write(self, record):
        """Write the entered values into the record; called inside the move, under its lock."""

    def write_parts(self, record):
        """Write the entered values into the dependent rows of the saved record."""

    def perform(self, workflow):
        """Make the move with the entered values. Raises PermissionDenied or NotNow."""
        sent = {name: str(value) for name, value in self.cleaned_data.items()}
        key, seen = self.cleaned_data["key"], self.cleaned_data["seen"]
        del sent["key"], sent["seen"]
        return workflow.perform(
            self.move.name,
            self.record,
            actor=self.actor,
            note=self.cleaned_data["note"],
            seen=seen,
            key=key,
            request=digest_of(sent),
            **self.content_of_move(),
        )

    def content_of_move(self):
        """What the move writes: the data that it needs, or else the functions of this form."""
        if self.move.change:
            return {name: self.cleaned_data[name] for name in self.move.needs}
        return {"change": self.change, "parts": self.write_parts} if self.writes() else {}

    @classmethod
    def writes(cls):
        """Whether this form writes anything; a form of a move that only has a note does not."""
        return any(
            getattr(cls, name) is not getattr(MoveForm, name)
            for name in ("change", "write", "write_parts")
        )


class ModelMoveForm(MoveForm):
    """A move form whose fields, named in ``takes``, are fields of the record."""

    model = None
    takes = ()
    widgets = {}

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        drawn = forms.fields_for_model(self.model, self.takes, widgets=self.widgets)
        declared = {name: self.fields[name] for name in self.takes if name in self.fields}
        self.fields = {**drawn, **declared, **self.fields}
        for name in self.takes:
            self.fields[name].initial = getattr(record, name, None)

    def clean(self):
        """Run the validators of the model's fields, so that ranges are those of the database."""
        for name in self.takes:
            if name in self.cleaned_data:
                self.hold_to(self.model._meta.get_field(name), self.cleaned_data[name])
        return super().clean()

    def hold_to(self, field, value):
        try:
            field.run_validators(value)
        except ValidationError as wrong:
            self.add_error(field.name, wrong)

    def write(self, record):
        for name in self.takes:
            setattr(record, name, self.cleaned_data[name])
