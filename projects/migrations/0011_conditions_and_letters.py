"""Conditions become rows with an owner and a day; what was written before stays, line by line."""

import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models

from foundation import clock
from foundation.append_only import append_only
from foundation.calendar import add_working_days
from foundation.models import decreed_days

DAYS = 20  # to meet what was written before conditions had a day
OVER = ("draft", "returned", "not_selected", "withdrawn")


def lines_to_rows(apps, schema_editor):
    """Each line of a confirmed answer becomes an open condition of the applicant."""
    Review, Condition = apps.get_model("projects.Review"), apps.get_model("projects.Condition")
    today = clock.today()
    with decreed_days.being(frozenset()):  # their table comes later
        due = add_working_days(today, DAYS)
    for review in Review.objects.exclude(old_conditions="").select_related("proposal"):
        confirmed = review.state == "confirmed"
        state = ("lapsed" if review.proposal.state in OVER else "open") if confirmed else ""
        Condition.objects.bulk_create(
            Condition(
                proposal=review.proposal,
                review=review,
                text=line.strip(),
                owner_id=review.proposal.applicant_id,
                due_on=due,
                imposed_on=today if confirmed else None,
                state=state,
            )
            for line in review.old_conditions.splitlines()
            if line.strip()
        )
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rows_to_lines(apps, schema_editor):
    Review, Condition = apps.get_model("projects.Review"), apps.get_model("projects.Condition")
    for review in Review.objects.filter(conditions__isnull=False).distinct():
        rows = Condition.objects.filter(review=review).order_by("pk")
        review.old_conditions = "\n".join(" ".join(row.text.split()) for row in rows)
        review.save(update_fields=["old_conditions"])
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('projects', '0010_comments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField('review', 'conditions', 'old_conditions'),
        migrations.AddField(
            model_name='proposal',
            name='replaces',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='projects.proposal', verbose_name='in place of'),
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('text', models.TextField(verbose_name='condition')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('imposed_on', models.DateField(editable=False, null=True)),
                ('check_due_on', models.DateField(editable=False, null=True)),
                ('answer', models.TextField(blank=True, verbose_name='how it is met')),
                ('state', models.CharField(choices=[('open', 'to be met'), ('answered', 'answered, to be checked'), ('met', 'met'), ('waived', 'waived'), ('lapsed', 'lapsed')], default='', editable=False, max_length=20)),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='accounts.organisation', verbose_name='who meets it')),
                ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.attachment', verbose_name='paper that proves it')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='projects.proposal')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conditions', to='projects.review')),
            ],
            options={
                'verbose_name': 'condition',
                'indexes': [models.Index(fields=['state', 'due_on', 'id'], name='condition_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='condition_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['answered', 'met']), _negated=True), models.Q(('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='condition_answered_has_an_answer'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['met', 'waived']), _negated=True), ('decided_by__isnull', False), _connector='OR'), name='condition_is_settled_by_somebody'), models.CheckConstraint(condition=models.Q(('decided_by', None), ('answered_by', None), models.Q(('answered_by', models.F('decided_by')), _negated=True), _connector='OR'), name='condition_four_eyes'), models.CheckConstraint(condition=models.Q(models.Q(('imposed_on', None), ('state', '')), models.Q(models.Q(('state', ''), _negated=True), ('imposed_on__isnull', False)), _connector='OR'), name='condition_is_imposed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('check_due_on__isnull', False), _connector='OR'), name='condition_is_checked_by_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('not_recommended', 'not recommended by the province'), ('returned', 'returned for revision'), ('selected', 'selected'), ('reserve', 'kept in reserve'), ('not_selected', 'not selected'), ('lead_changed', 'lead ministry changed')], max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('said', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('written_at', models.DateTimeField(default=foundation.clock.now)),
                ('state', models.CharField(choices=[('written', 'written')], default='', editable=False, max_length=20)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='projects.call')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='projects.proposal')),
            ],
            options={
                'verbose_name': 'decision letter',
                'indexes': [models.Index(fields=['-written_at', '-id'], name='letter_newest')],
                'constraints': [models.UniqueConstraint(fields=('call', 'year', 'number'), name='letter_number_once_in_a_year'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='letter_number_is_possible'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='letter_has_a_digest')],
            },
        ),
        migrations.CreateModel(
            name='Shortcoming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(max_length=60, verbose_name='part')),
                ('text', models.TextField(verbose_name='what is missing')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shortcomings', to='projects.proposal')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shortcomings', to='projects.revision')),
            ],
            options={
                'verbose_name': 'shortcoming',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('part', ''), _negated=True)), name='shortcoming_says_something')],
            },
        ),
        migrations.RunPython(lines_to_rows, rows_to_lines),
        migrations.RemoveField('review', 'old_conditions'),
        append_only('projects_letter'),
        append_only('projects_shortcoming'),
    ]
