"""The form of a person's mail settings."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models import Notice, Preference
from .topics import topics_of

AT_ONCE, ONE_A_DAY = "", "1"
FIRST, LAST = range(24), range(1, 25)


def hours(numbers):
    return [(number, f"{number:02}:00") for number in numbers]


class PreferenceForm(forms.ModelForm):
    """Mails at once or once a day, in which hours, and of which optional topics.

    ``wanted`` are the topics that are mailed; topics not offered to the person are not changed.
    """

    digest = forms.TypedChoiceField(
        label=_("Reminders of what is not due today"),
        choices=[
            (AT_ONCE, _("each by itself, at once")),
            (ONE_A_DAY, _("in one mail a day, at 08:30 on working days")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("What is due today or late, and decisions on your matters, come at once."),
    )
    from_hour = forms.TypedChoiceField(label=_("Not before"), choices=hours(FIRST), coerce=int)
    until_hour = forms.TypedChoiceField(
        label=_("Not after"),
        choices=hours(LAST),
        coerce=int,
        help_text=_("Mails that come up in between wait until the next morning of yours."),
    )
    wanted = forms.MultipleChoiceField(
        label=_("Mail me"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What you leave out is still on the page of your reminders. What is due today or"
            " late for you, decision letters, amendments you may object to, and what is handed"
            " over to you are always mailed."
        ),
    )

    class Meta:
        model = Preference
        fields = ["digest", "from_hour", "until_hour", "on_days_off"]

    def __init__(self, *args, instance, **options):
        super().__init__(*args, instance=instance, **options)
        self.topics = topics_of(instance.person)
        self.initial["digest"] = ONE_A_DAY if instance.digest else AT_ONCE
        self.fields["wanted"].choices = list(self.topics.items())
        self.fields["wanted"].initial = [name for name in self.topics if name not in instance.off]
        if not self.topics:
            del self.fields["wanted"]

    def clean(self):
        data = super().clean()
        if not self.errors and data["until_hour"] <= data["from_hour"]:
            words = _("Choose a later hour than the one before which nothing comes.")
            self.add_error("until_hour", ValidationError(words, code="order"))
        return data

    def save(self):
        """Save the settings, and let mails that wait for the person be checked again."""
        wanted = self.cleaned_data.get("wanted", ())
        kept = [name for name in self.instance.off if name not in self.topics]
        self.instance.off = kept + [name for name in self.topics if name not in wanted]
        self.instance.save(update_fields=[*self.Meta.fields, "off"])
        Notice.objects.look_again(self.instance.person)
        return self.instance
