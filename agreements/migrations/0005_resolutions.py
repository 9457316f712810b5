"""What the committee decided, each time, is kept for ever."""

import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models

from foundation.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0004_draft'),
        ('projects', '0014_sign_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='taken_up_on',
            field=models.DateField(editable=False, null=True, verbose_name='taken up again on'),
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, verbose_name='number of the resolution')),
                ('day', models.DateField(verbose_name='resolved on')),
                ('result', models.CharField(choices=[('approved', 'approved'), ('conditional', 'approved on condition'), ('redraft', 'approved on condition of another text'), ('deferred', 'deferred'), ('rejected', 'rejected')], max_length=20, verbose_name='result')),
                ('words', models.TextField(blank=True, max_length=4000, verbose_name='conditions or reasons')),
                ('how_met', models.TextField(blank=True, max_length=4000, verbose_name='how the conditions are met')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='taken up again on')),
                ('digest', models.CharField(max_length=64)),
                ('recorded_at', models.DateTimeField(default=foundation.clock.now)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='projects.session')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='agreements.version')),
            ],
            options={
                'verbose_name': 'resolution of the committee',
                'constraints': [models.CheckConstraint(condition=models.Q(('result', 'approved'), models.Q(('words', ''), _negated=True), _connector='OR'), name='resolution_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('result', 'conditional'), models.Q(('how_met', ''), _negated=True)), models.Q(models.Q(('result', 'conditional'), _negated=True), ('how_met', '')), _connector='OR'), name='resolution_conditions_are_met'), models.CheckConstraint(condition=models.Q(models.Q(('next_on__gt', models.F('day')), ('next_on__isnull', False), ('result', 'deferred')), models.Q(models.Q(('result', 'deferred'), _negated=True), ('next_on', None)), _connector='OR'), name='resolution_deferred_until_a_later_day')],
            },
        ),
        append_only("agreements_resolution"),
    ]
