"""What a year of an agreement has reached, and what is made of it."""

import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models


UP = """
-- What was submitted stays as it was until it is returned; what is concluded stays for ever.
CREATE FUNCTION keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.state NOT IN ('', 'draft')
        OR TG_OP = 'UPDATE' AND OLD.state NOT IN ('', 'draft') AND NEW.state <> 'draft' AND
            (NEW.agreement_id, NEW.fiscal_year, NEW.narrative, NEW.obstacles, NEW.next_steps)
            IS DISTINCT FROM
            (OLD.agreement_id, OLD.fiscal_year, OLD.narrative, OLD.obstacles, OLD.next_steps)
        OR TG_OP = 'UPDATE' AND OLD.state = 'evaluated' AND NEW.state <> 'evaluated' THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER report_stays BEFORE UPDATE OR DELETE ON agreements_yearlyreport
    FOR EACH ROW EXECUTE FUNCTION keep_report();

CREATE FUNCTION keep_reported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state NOT IN ('', 'draft') FROM agreements_yearlyreport
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.report_id ELSE OLD.report_id END) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reported_indicator_stays BEFORE INSERT OR UPDATE OR DELETE
    ON agreements_reportedindicator FOR EACH ROW EXECUTE FUNCTION keep_reported();
CREATE TRIGGER reported_spending_stays BEFORE INSERT OR UPDATE OR DELETE
    ON agreements_reportedspending FOR EACH ROW EXECUTE FUNCTION keep_reported();

CREATE FUNCTION keep_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('confirmed', 'lapsed') AND (TG_OP = 'DELETE'
        OR (NEW.report_id, NEW.organisation_id, NEW.grade, NEW.opinion, NEW.advice, NEW.reason)
        IS DISTINCT FROM
        (OLD.report_id, OLD.organisation_id, OLD.grade, OLD.opinion, OLD.advice, OLD.reason)
        OR OLD.state = 'lapsed' AND NEW.state <> 'lapsed'
        OR OLD.state = 'confirmed' AND NEW.state NOT IN ('confirmed', 'lapsed')) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER evaluation_stays BEFORE UPDATE OR DELETE ON agreements_evaluation
    FOR EACH ROW EXECUTE FUNCTION keep_evaluation();
"""

DOWN = """
DROP TRIGGER evaluation_stays ON agreements_evaluation;
DROP FUNCTION keep_evaluation();
DROP TRIGGER reported_spending_stays ON agreements_reportedspending;
DROP TRIGGER reported_indicator_stays ON agreements_reportedindicator;
DROP FUNCTION keep_reported();
DROP TRIGGER report_stays ON agreements_yearlyreport;
DROP FUNCTION keep_report();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_deputies'),
        ('agreements', '0005_resolutions'),
        ('projects', '0014_sign_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='YearlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('narrative', models.TextField(blank=True, max_length=20000, verbose_name='what was done')),
                ('obstacles', models.TextField(blank=True, max_length=10000, verbose_name='what stood in the way')),
                ('next_steps', models.TextField(blank=True, max_length=10000, verbose_name='what comes next')),
                ('due_on', models.DateField(editable=False, verbose_name='due on')),
                ('state', models.CharField(choices=[('draft', 'being written'), ('submitted', 'being evaluated'), ('evaluated', 'evaluated')], default='', editable=False, max_length=20)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='agreements.agreement')),
                ('submitted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'yearly report',
            },
        ),
        migrations.CreateModel(
            name='ReportedSpending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('national', 'national'), ('provincial', 'provincial'), ('municipal', 'municipal'), ('public_body', 'public body'), ('private', 'private')], max_length=20, verbose_name='source')),
                ('won', models.BigIntegerField(verbose_name='executed')),
                ('component', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.component')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spendings', to='agreements.yearlyreport')),
            ],
            options={
                'verbose_name': 'reported execution',
            },
        ),
        migrations.CreateModel(
            name='ReportedIndicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.DecimalField(decimal_places=3, max_digits=18, null=True, verbose_name='target')),
                ('actual', models.DecimalField(decimal_places=3, max_digits=18, verbose_name='reached')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='remark')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.indicator')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='agreements.yearlyreport')),
            ],
            options={
                'verbose_name': 'reported indicator',
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('grade', models.CharField(blank=True, choices=[('excellent', 'excellent'), ('good', 'good'), ('fair', 'fair'), ('poor', 'poor')], max_length=20, verbose_name='grade')),
                ('opinion', models.TextField(blank=True, max_length=10000, verbose_name='opinion')),
                ('advice', models.CharField(blank=True, choices=[('keep', "keep next year's funds"), ('raise', "raise next year's funds"), ('cut', "cut next year's funds"), ('hold_back', "hold next year's funds back")], max_length=20, verbose_name='recommendation')),
                ('reason', models.TextField(blank=True, max_length=4000, verbose_name='reason of the recommendation')),
                ('due_on', models.DateField(editable=False, verbose_name='due on')),
                ('state', models.CharField(choices=[('asked', 'awaited'), ('written', 'waits to be confirmed'), ('confirmed', 'confirmed'), ('lapsed', 'lapsed')], default='', editable=False, max_length=20)),
                ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='agreements.yearlyreport')),
            ],
            options={
                'verbose_name': 'evaluation',
            },
        ),
        migrations.AddIndex(
            model_name='yearlyreport',
            index=models.Index(fields=['state', 'due_on', 'id'], name='report_due'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreport',
            constraint=models.UniqueConstraint(fields=('agreement', 'fiscal_year'), name='report_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('submitted_by', None), models.Q(('submitted_by', models.F('written_by')), _negated=True), _connector='OR'), name='report_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='yearlyreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['submitted', 'evaluated']), _negated=True), models.Q(('narrative', ''), _negated=True), _connector='OR'), name='report_submitted_says_something'),
        ),
        migrations.AddConstraint(
            model_name='reportedspending',
            constraint=models.UniqueConstraint(fields=('report', 'component', 'source'), name='reported_spending_once'),
        ),
        migrations.AddConstraint(
            model_name='reportedspending',
            constraint=models.CheckConstraint(condition=models.Q(('won__gte', 0)), name='reported_spending_is_not_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='reportedindicator',
            constraint=models.UniqueConstraint(fields=('report', 'indicator'), name='reported_indicator_once'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['state', 'due_on', 'id'], name='evaluation_due'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'lapsed'), _negated=True), fields=('report', 'organisation'), name='evaluation_once'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('written_by')), _negated=True), _connector='OR'), name='evaluation_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['written', 'confirmed']), _negated=True), models.Q(models.Q(('grade', ''), _negated=True), models.Q(('opinion', ''), _negated=True), models.Q(('advice', ''), _negated=True)), _connector='OR'), name='evaluation_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(('advice__in', ['', 'keep']), models.Q(('reason', ''), _negated=True), _connector='OR'), name='evaluation_says_why_funds_change'),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
