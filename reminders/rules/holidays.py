"""Decreed holidays: entering and withdrawing them, and the deadlines that they move."""

from datetime import timedelta

from django import forms
from django.db import connection
from django.db.models import Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.engine.workflow import NEW, Move, NotNow, Workflow
from foundation.models import DecreedHoliday
from foundation.time import clock
from foundation.time.calendar import add_working_days, is_working_day
from foundation.web.forms import DATE, ModelMoveForm
from reminders.matters.kinds import KINDS
from reminders.outbox.recipients import SqlParams, run

H = DecreedHoliday.State
AHEAD = timedelta(days=366)
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('foundation.decreedholiday'))"
OPEN = "SELECT due, count(*) FROM ({matters}) AS matter (subject, id, due) GROUP BY due"


def has_not_begun(holiday):
    """Reject withdrawing a holiday that has begun: deadlines and reminders have counted it."""
    if holiday.day <= clock.today():
        raise NotNow(gettext("Only a day that is still to come can be withdrawn."))


HOLIDAY = Workflow(
    DecreedHoliday,
    #    move        from         to           who may
    Move("decree",   {NEW},       H.DECREED,   "reminders.decree_holiday",
         _("Enter a decreed holiday"), tone="primary"),
    Move("withdraw", {H.DECREED}, H.WITHDRAWN, "reminders.decree_holiday",
         _("Withdraw the holiday"), requires=(has_not_begun,), needs_note=True, tone="danger"),
)  # fmt: skip


class DecreeForm(ModelMoveForm):
    """The day, its name in both languages, and the decree."""

    model = DecreedHoliday
    takes = ["day", "name_ko", "name_en", "decree"]
    widgets = {"day": DATE}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["decree"].help_text = _("The official gazette, or the decision of the cabinet.")

    def clean_day(self):
        day, today = self.cleaned_data["day"], clock.today()
        if not today <= day <= today + AHEAD:
            raise forms.ValidationError(gettext("Choose a day within a year from today."))
        if DecreedHoliday.objects.in_force().filter(day=day).exists():
            raise forms.ValidationError(gettext("This day is decreed already."))
        if not is_working_day(day):
            raise forms.ValidationError(gettext("This is no working day anyway."))
        return day

    def write(self, record):
        with connection.cursor() as cursor:
            cursor.execute(ONE_AT_A_TIME)
        if DecreedHoliday.objects.in_force().filter(day=self.cleaned_data["day"]).exists():
            raise NotNow(gettext("This day is decreed already."))
        super().write(record)


HOLIDAY_FORMS = {"decree": DecreeForm}


def moved_by(holidays, today):
    """The number of open deadlines that each holiday still to come moves, by its key."""
    spans = {
        holiday.pk: (add_working_days(holiday.day, -1), holiday.day)
        for holiday in holidays
        if holiday.state == H.DECREED and holiday.day >= today
    }
    if not spans:
        return {}
    days = open_deadlines(spans.values(), today)
    return {
        pk: sum(count for due, count in days.items() if before < due <= day)
        for pk, (before, day) in spans.items()
    }


def open_deadlines(spans, today):
    """The number of open matters due on each day of the spans; each record counts once a day."""
    sql_params, within = SqlParams(), Q(pk__in=[])
    for before, day in spans:
        within |= Q(due__gt=before, due__lte=day)
    matters = " UNION ".join(
        sql_params.of(
            kind.open(today)
            .order_by()
            .filter(within)
            .values_list(Value(kind.model._meta.label_lower), "pk", "due")
        )
        for kind in KINDS
        if kind.reminds
    )
    with run(OPEN.format(matters=matters), sql_params) as rows:
        return dict(rows.fetchall())
