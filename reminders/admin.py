"""Administration of webhooks, and the list of relayed notices with those that failed."""

from django.contrib import admin, messages
from django.db.models import URLField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .outbox.models import Hook, Relay


@admin.register(Hook)
class HookAdmin(admin.ModelAdmin):
    list_display = ["url", "organisation", "is_on"]
    list_select_related = ["organisation"]
    autocomplete_fields = ["organisation"]
    ordering = ["url", "pk"]
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("organisation__spells")


@admin.register(Relay)
class RelayAdmin(admin.ModelAdmin):
    """Read only, except for the action that tries failed rows again."""

    list_display = ["message_id", "channel", "target", "sent_at", "failed_at", "last_error"]
    list_filter = [("failed_at", admin.EmptyFieldListFilter), "channel"]
    ordering = ["-pk"]
    actions = ["try_again"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=gettext_lazy("Try again what failed"), permissions=["view"])
    def try_again(self, request, rows):
        number = rows.order_by().try_again()
        messages.success(
            request, _("Tried again with the next round: %(number)s") % {"number": number}
        )
