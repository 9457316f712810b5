"""Forms for one part of a record that several people write: nobody overwrites newer text."""

from django import forms
from django.utils.translation import gettext as _

from foundation.engine.history import digest_of
from foundation.engine.models import Event
from foundation.engine.workflow import NotNow

from .forms import ModelMoveForm, MoveForm


class PartForm(MoveForm):
    """A form for one part of a record, in which ``base`` is the digest of what its writer saw.

    Two people may write different parts at once. A form that would overwrite a newer text of
    the same part is refused and shows both texts; sent again, it is saved.
    """

    base = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    newer = ()  # after a refusal: (label, stored text, entered text)
    newer_event = None

    def __init__(self, *args, record, **options):
        super().__init__(*args, record=record, **options)
        self.fields["seen"].initial = None
        self.fields["base"].initial = self.base_of(record)

    def stored(self, record):
        """The part as it is stored, as plain values."""
        raise NotImplementedError

    def entered(self):
        """The part as it was entered and is valid, as plain values of the same shape."""
        raise NotImplementedError

    def words(self, values):
        """Plain values for a reader: {label: text}."""
        raise NotImplementedError

    def base_of(self, record):
        return digest_of(self.stored(record))

    def is_overtaken(self, record):
        """Whether somebody else saved the part since its writer opened the form."""
        base = self.cleaned_data["base"]
        return bool(base) and base != self.base_of(record)

    def change(self, record):
        if self.is_overtaken(record):
            self.compare(record)
            raise NotNow(
                _(
                    "Somebody else saved this while you were writing. Both texts are shown below:"
                    " take over what you need, then save again."
                )
            )
        super().change(record)

    def compare(self, record):
        """Show the stored values beside the entered ones; saving again overwrites them."""
        self.newer = list(self.differences(self.stored(record), self.entered()))
        self.newer_event = Event.objects.of(record).order_by("-at", "-pk").first()
        self.data = self.data.copy()
        self.data["base"] = self.base_of(record)

    def differences(self, theirs, mine):
        left, right = self.words(theirs), self.words(mine)
        for label in {**left, **right}:
            yield label, left.get(label, ""), right.get(label, "")


class ModelPartForm(PartForm, ModelMoveForm):
    """A part that consists of fields of the record itself."""

    def stored(self, record):
        return {name: getattr(record, name) for name in self.takes}

    def entered(self):
        return {name: self.cleaned_data[name] for name in self.takes}

    def words(self, values):
        return {self.fields[name].label: str(values[name]) for name in self.takes}
