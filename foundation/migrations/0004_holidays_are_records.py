"""Decreed holidays have a name in both languages, and change by moves on the record."""

import foundation.clock
from django.db import migrations, models
from django.db.models import F


def stand(apps, schema_editor):
    """Those entered before are in force; their one name stands in for both."""
    apps.get_model("foundation", "DecreedHoliday").objects.update(
        state="decreed", name_en=F("name_ko")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0003_decreed_holidays'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='decreedholiday', name='decreed_holiday_once'),
        migrations.RemoveConstraint(model_name='decreedholiday', name='decreed_holiday_says_why'),
        migrations.AlterModelOptions(
            name='decreedholiday',
            options={'verbose_name': 'decreed holiday'},
        ),
        migrations.RenameField(model_name='decreedholiday', old_name='name', new_name='name_ko'),
        migrations.AlterField(
            model_name='decreedholiday',
            name='name_ko',
            field=models.CharField(max_length=100, verbose_name='name in Korean'),
        ),
        migrations.AddField(
            model_name='decreedholiday',
            name='name_en',
            field=models.CharField(default='', max_length=100, verbose_name='name in English'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='decreedholiday',
            name='state',
            field=models.CharField(choices=[('decreed', 'decreed'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='decreedholiday',
            name='moves_made',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='decreedholiday',
            name='changed_at',
            field=models.DateTimeField(default=foundation.clock.now, editable=False),
        ),
        migrations.RunPython(stand, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='decreedholiday',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'decreed')), fields=('day',), name='decreed_holiday_once'),
        ),
        migrations.AddConstraint(
            model_name='decreedholiday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name_ko', ''), _negated=True), models.Q(('name_en', ''), _negated=True), models.Q(('decree', ''), _negated=True)), name='decreed_holiday_says_why'),
        ),
    ]
