"""Admin pages to enter the signing keys of organisations; a key is never shown again."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.time import clock

from .keys import signing_keys as keys
from .keys.models import SigningKey
from .pdf_signatures import certificates

MOST_BYTES = 64 * 1024


class SigningKeyForm(forms.ModelForm):
    """A PKCS#12 file with its password; it is stored encrypted with a derived password."""

    file = forms.FileField(label=_("PKCS#12 file (.p12, .pfx)"))
    password = forms.CharField(
        label=_("password of the file"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = SigningKey
        fields = ["organisation"]

    def clean(self):
        file = self.cleaned_data.get("file")
        if not file or not self.cleaned_data.get("organisation"):
            return super().clean()
        content = file.read(MOST_BYTES + 1)
        password = self.cleaned_data.pop("password", "").encode() or None
        try:
            self.opened = certificates.unpacked(content, password)
        except ValueError:
            text = gettext(
                "The file does not open: it is no PKCS#12 file, or the password is wrong."
            )
            self.add_error("file", text)
            return super().clean()
        self.check_certificate(certificates.facts(certificates.der(self.opened[1])))
        return super().clean()

    def check_certificate(self, certificate):
        if SigningKey.objects.filter(fingerprint=certificate["fingerprint"]).exists():
            self.add_error("file", gettext("This certificate was entered already."))
        named, wanted = certificate["organisation"], self.cleaned_data["organisation"].pk
        if named and named != wanted:
            text = gettext("The certificate is for “%s”, not for the organisation chosen.")
            self.add_error("organisation", text % named)

    def save(self, commit=True):
        return keys.enter(self.cleaned_data["organisation"], *self.opened)

    def save_m2m(self):
        """A key has no many-to-many relations."""


@admin.register(SigningKey)
class SigningKeyAdmin(admin.ModelAdmin):
    form = SigningKeyForm
    list_display = ["organisation", "subject", "serial", "valid_until", "fingerprint", "retired_at"]
    list_filter = ["retired_at"]
    search_fields = ["organisation__id", "subject", "fingerprint"]
    autocomplete_fields = ["organisation"]
    ordering = ["organisation", "-pk"]
    actions = ["retire"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("pkcs12", "salt")

    def save_model(self, request, obj, form, change):
        """Do nothing: the form has stored the key already."""

    def has_module_permission(self, request):
        return request.user.is_staff

    def has_view_permission(self, request, obj=None):
        return request.user.is_staff

    def has_add_permission(self, request):
        return request.user.is_staff

    def has_change_permission(self, request, obj=None):
        """A key is never edited; the action of the list retires it."""
        return False

    def has_delete_permission(self, request, obj=None):
        """A key is never deleted: its certificate proves the signatures made with it."""
        return False

    @admin.action(description=_("Retire the keys chosen"), permissions=["view"])
    def retire(self, request, rows):
        number = rows.active().update(retired_at=clock.now())
        messages.success(
            request, gettext("%s keys are retired; nothing is signed with them any more.") % number
        )
