"""The day that a ministry confirmed stays beside the day that was set anew."""

from django.db import migrations, models
from django.db.models import F


def first_days(apps, schema_editor):
    imposed = apps.get_model("projects", "Condition").objects.exclude(state="")
    imposed.update(first_due_on=F("due_on"))


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0015_money_terms'),
    ]

    operations = [
        migrations.AddField(
            model_name='condition',
            name='first_due_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.RunPython(first_days, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='condition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_due_on', None), ('state', '')), models.Q(models.Q(('state', ''), _negated=True), ('first_due_on__isnull', False)), _connector='OR'), name='condition_keeps_its_first_day'),
        ),
    ]
