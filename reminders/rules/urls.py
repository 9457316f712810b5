"""URLs of reminder rules and decreed holidays."""

from django.urls import path

from .views import holidays, rules

urlpatterns = [
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/new/", holidays.new_holiday, name="new-holiday"),
    path("holidays/<int:pk>/", holidays.holiday, name="holiday"),
    path("holidays/<int:pk>/moves/<slug:move>/", holidays.move_holiday, name="move-holiday"),
    path("calls/<int:pk>/reminders/", rules.reminder_rules, name="reminder-rules"),
    path("calls/reminders/", rules.reminder_rules, name="general-rules"),
]
