"""Who signs shows once more who they are."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import MoveForm
from foundation.web.rate_limit import Limit

WRONG = Limit("signing", most=5, seconds=300)  # as at the sign-in


class PasswordForm(MoveForm):
    """A move that asks for the person's password again; it goes no further than this form."""

    password = forms.CharField(
        label=_("your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("The one you sign in with: it shows that it is you who signs."),
    )

    def clean_password(self):
        """Right or wrong; after some wrong ones nobody may go on trying for a while."""
        key = self.actor.pk
        if WRONG.is_reached(key):
            raise forms.ValidationError(
                gettext("The password was wrong too often. Try again in five minutes.")
            )
        if not self.actor.check_password(self.cleaned_data["password"]):
            WRONG.count(key)
            raise forms.ValidationError(gettext("This password is not right. Nothing was signed."))
        WRONG.forget(key)
        return ""
