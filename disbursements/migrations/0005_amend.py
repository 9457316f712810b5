"""What is paid cannot be amended away; the fact sheet of a termination is frozen."""

import django.db.models.deletion
from django.db import migrations, models

from foundation.append_only import append_only

UP = """
CREATE FUNCTION promise_stays_above_paid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line disbursements_balance%ROWTYPE;
BEGIN
    SELECT * INTO line FROM disbursements_balance
        WHERE appropriation_id = NEW.appropriation_id FOR UPDATE;
    IF line.national AND line.agreed + NEW.won < least(line.paid, -NEW.won) THEN
        RAISE EXCEPTION 'what is paid cannot be amended away'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_promises_what_is_paid';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_promises_what_is_paid BEFORE INSERT ON disbursements_entry
    FOR EACH ROW WHEN (NEW.stage = 'agreed' AND NEW.won < 0)
    EXECUTE FUNCTION promise_stays_above_paid();
"""

DOWN = """
DROP TRIGGER entry_promises_what_is_paid ON disbursements_entry;
DROP FUNCTION promise_stays_above_paid();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0002_amend'),
        ('disbursements', '0004_mends_exactly'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnspentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BigIntegerField(verbose_name='agreed')),
                ('granted', models.BigIntegerField(verbose_name='granted')),
                ('paid', models.BigIntegerField(verbose_name='paid')),
                ('executed', models.BigIntegerField(verbose_name='executed')),
                ('unpaid', models.BigIntegerField(verbose_name='granted and not paid')),
                ('unspent', models.BigIntegerField(verbose_name='unspent')),
                ('appropriation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='disbursements.appropriation')),
                ('termination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='unspent_lines', to='agreements.termination')),
            ],
            options={
                'verbose_name': 'unspent line',
                'constraints': [models.UniqueConstraint(fields=('termination', 'appropriation'), name='unspent_line_once'), models.CheckConstraint(condition=models.Q(('unpaid__gte', 0), ('unspent__gte', 0)), name='unspent_line_not_below_zero')],
            },
        ),
        append_only("disbursements_unspentline"),
        migrations.RunSQL(UP, DOWN),
    ]
