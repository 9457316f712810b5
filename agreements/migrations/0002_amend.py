"""Amendments, the heirs of divided bodies, terminations, and what counts as material."""

import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('agreements', '0001_initial'),
        ('projects', '0013_amend_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('reason', models.TextField(verbose_name='what is to change, and why')),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('proposed', 'under way'), ('in_force', 'in force'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=20)),
            ],
            options={
                'verbose_name': 'amendment',
            },
        ),
        migrations.CreateModel(
            name='Heir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'verbose_name': 'heir of a divided ministry',
            },
        ),
        migrations.CreateModel(
            name='Termination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('ground', models.CharField(choices=[('mutual', 'by mutual agreement'), ('breach', 'for a breach of the agreement'), ('purpose_lost', 'because its purpose can no longer be attained')], max_length=20, verbose_name='ground')),
                ('resolution', models.CharField(max_length=60, verbose_name='number of the resolution')),
                ('resolved_on', models.DateField(verbose_name='resolved on')),
                ('unspent', models.CharField(choices=[('returned', 'returned at once'), ('settled', 'carried to the settlement')], max_length=20, verbose_name='unspent money is')),
                ('reason', models.TextField(verbose_name='facts and reasons')),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('prepared', 'prepared'), ('decided', 'decided'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=20)),
            ],
            options={
                'verbose_name': 'termination',
            },
        ),
        migrations.RemoveConstraint(
            model_name='version',
            name='version_frozen_has_digest',
        ),
        migrations.RemoveConstraint(
            model_name='version',
            name='version_signing_is_resolved',
        ),
        migrations.RemoveConstraint(
            model_name='version',
            name='version_in_force_has_a_day',
        ),
        migrations.AddField(
            model_name='version',
            name='area',
            field=models.PositiveBigIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000000000)], verbose_name='area in square metres'),
        ),
        migrations.AddField(
            model_name='version',
            name='kind',
            field=models.CharField(blank=True, choices=[('original', 'original agreement'), ('minor', 'minor amendment'), ('material', 'material amendment')], default='original', editable=False, max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='party',
            name='role',
            field=models.CharField(choices=[('lead_ministry', 'lead ministry'), ('ministry', 'participating ministry'), ('province', 'province'), ('municipality', 'municipality'), ('leaving', 'leaving party')], max_length=20, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='party',
            name='state',
            field=models.CharField(choices=[('named', 'named'), ('asked', 'asked for consent'), ('informed', 'informed, not concerned'), ('objected', 'objects'), ('consented', 'consents'), ('invited', 'asked to sign'), ('signed', 'signed'), ('declined', 'declined to sign')], default='named', editable=False, max_length=20),
        ),
        migrations.AlterField(
            model_name='version',
            name='state',
            field=models.CharField(choices=[('drafting', 'being drafted'), ('consent', 'waiting for consent'), ('frozen', 'agreed text'), ('signing', 'being signed'), ('in_force', 'in force'), ('suspended', 'suspended'), ('superseded', 'superseded'), ('terminated', 'terminated'), ('completed', 'completed'), ('dropped', 'dropped')], default='', editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name='amendment',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='base',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='agreements.version'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='accounts.organisation', verbose_name='proposing party'),
        ),
        migrations.AddField(
            model_name='amendment',
            name='proposed_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='version',
            name='amendment',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='version', to='agreements.amendment'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['', 'drafting', 'consent', 'dropped']), models.Q(('digest', ''), _negated=True), _connector='OR'), name='version_frozen_has_digest'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signing', 'in_force']), _negated=True), ('kind', 'minor'), models.Q(('resolved_on__isnull', False), models.Q(('resolution', ''), _negated=True)), _connector='OR'), name='version_signing_is_resolved'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('in_force_on__isnull', False), ('state__in', ['in_force', 'suspended', 'superseded', 'terminated', 'completed'])), models.Q(models.Q(('state__in', ['in_force', 'suspended', 'superseded', 'terminated', 'completed']), _negated=True), ('in_force_on', None)), _connector='OR'), name='version_in_force_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('area', None), ('area__range', (1, 1000000000000)), _connector='OR'), name='version_area_is_possible'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amendment', None), ('kind', 'original')), models.Q(('amendment__isnull', False), models.Q(('kind', 'original'), _negated=True)), _connector='OR'), name='version_amends_or_is_original'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['', 'drafting', 'dropped']), models.Q(('kind', ''), _negated=True), _connector='OR'), name='version_kind_is_decided'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['drafting', 'consent', 'frozen', 'signing'])), fields=('agreement',), name='version_one_in_the_making'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['in_force', 'suspended'])), deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[('agreement', '=')], name='version_one_in_force'),
        ),
        migrations.AddField(
            model_name='heir',
            name='component',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heirs', to='projects.component'),
        ),
        migrations.AddField(
            model_name='heir',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inherited', to='accounts.organisation', verbose_name='heir'),
        ),
        migrations.AddField(
            model_name='heir',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='heirs', to='agreements.version'),
        ),
        migrations.AddField(
            model_name='termination',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terminations', to='agreements.agreement'),
        ),
        migrations.AddField(
            model_name='termination',
            name='decided_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termination',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation', verbose_name='terminated by'),
        ),
        migrations.AddField(
            model_name='termination',
            name='prepared_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='termination',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terminations', to='agreements.version'),
        ),
        migrations.AddIndex(
            model_name='amendment',
            index=models.Index(fields=['agreement', '-id'], name='amendment_newest'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('agreement',), name='amendment_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='heir',
            constraint=models.UniqueConstraint(fields=('version', 'component'), name='heir_once'),
        ),
        migrations.AddIndex(
            model_name='termination',
            index=models.Index(fields=['state', 'due_on', 'id'], name='termination_due'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='termination_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='termination_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='termination',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['prepared', 'decided'])), fields=('agreement',), name='termination_once'),
        ),
    ]
