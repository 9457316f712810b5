"""Where administrators manage people and their posts; content is not managed here."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as PeopleAdmin
from django.utils.translation import gettext_lazy as _

from .models import Membership, Organisation, Spell, User

admin.site.site_header = admin.site.site_title = _("People and organisations")
admin.site.index_title = _("Content is not managed here")


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 1
    autocomplete_fields = ["organisation"]


@admin.register(User)
class UserAdmin(PeopleAdmin):
    list_display = ["name", "email", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "name", "language", "password"]}),
        (_("Access"), {"fields": ["is_active", "is_staff"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]}),
    ]
    inlines = [MembershipInline]

    def has_change_permission(self, request, obj=None):
        """Nobody gives posts to themselves; another administrator does."""
        return super().has_change_permission(request, obj) and obj != request.user

    def has_delete_permission(self, request, obj=None):
        """People stay, for the history names them; they are made inactive."""
        return False


class SpellInline(admin.TabularInline):
    model = Spell
    fk_name = "organisation"
    extra = 0
    raw_id_fields = ["parent"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["pk", "__str__", "kind"]
    list_filter = ["kind"]
    search_fields = ["pk", "spells__name_ko", "spells__name_en"]
    ordering = ["pk"]
    filter_horizontal = ["successors"]
    inlines = [SpellInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("spells")
