"""Where administrators enter the holidays that are decreed at short notice."""

from django.contrib import admin

from .models import DecreedHoliday


@admin.register(DecreedHoliday)
class DecreedHolidayAdmin(admin.ModelAdmin):
    list_display = ["day", "name", "decree"]
    ordering = ["-day"]
