"""The recipients of one reminder, from the statement that writes them all."""

from django.db.models import DateField, Value

from accounts.models import User
from reminders.outbox.recipients import ReminderRequest, recipients_sql, run


def people(kind, record, today, permission=""):
    """The recipients of a reminder of ``record``: holders of the permission and their deputies.

    By default the permission to act. Without those who may not make the move (four eyes, an
    interest). A matter handed over to one holder has only that person and their deputy.
    """
    day = Value(today, output_field=DateField())
    matters = kind.model.objects.filter(pk=record.pk).annotate(due=day)
    rank = 1 if permission else 0
    permissions = (kind.permission, permission)[: rank + 1]
    request = ReminderRequest(kind, matters, permissions, ((today, rank, ""),), today)
    begin, rows, values = recipients_sql(request)
    with run(f"WITH {begin} {rows}", values) as found:
        keys = [row[3] for row in found]
    return list(User.objects.filter(pk__in=keys).order_by("pk"))
