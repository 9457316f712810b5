"""The password that a signatory enters again to sign."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.web.forms import MoveForm
from foundation.web.rate_limit import Limit

WRONG = Limit("signing", most=5, seconds=300)  # as at the sign-in


class PasswordForm(MoveForm):
    """A move that asks for the person's password again; the password is not passed on."""

    password = forms.CharField(
        label=_("your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("The one you sign in with: it shows that it is you who signs."),
    )

    def clean_password(self):
        """Check the password; after five wrong ones, all attempts are refused for five minutes."""
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
