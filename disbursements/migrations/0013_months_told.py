"""What a local government applied for, and since when nobody has said what was spent."""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

ledger = import_module("disbursements.migrations.0006_ledger")

# A report that stands moves the day on; money that comes into an empty treasury begins it anew.
FUNCTION = """
CREATE FUNCTION untold_since_of(line bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT max(CASE
        WHEN stage = 'executed' AND mends_id IS NULL THEN
            CASE WHEN NOT EXISTS (SELECT FROM disbursements_entry m WHERE m.mends_id = entry.id)
                THEN as_of + 1 END
        WHEN stood = 0 AND 'treasury' IN (leaves, enters) THEN as_of END)
    FROM (
        SELECT *, coalesce(sum(CASE 'treasury' WHEN enters THEN won WHEN leaves THEN -won ELSE 0 END)
            OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS stood
        FROM disbursements_entry WHERE appropriation_id = line
    ) entry
$$;
"""
UNTOLD = """untold_since = CASE
            WHEN NEW.stage = 'executed' AND NEW.mends_id IS NULL
                THEN greatest(untold_since, NEW.as_of + 1)
            WHEN NEW.stage = 'executed' THEN untold_since_of(NEW.appropriation_id)
            WHEN in_treasury = 0 AND 'treasury' IN (NEW.leaves, NEW.enters)
                THEN greatest(untold_since, NEW.as_of)
            ELSE untold_since END"""
APPLIED = (
    "applied = applied + CASE WHEN NEW.stage = 'applied' THEN NEW.won ELSE 0 END",
    "applications = applications + CASE WHEN NEW.stage <> 'applied' THEN 0"
    " WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END",
)


def add_entry(*more):
    """The function that adds an entry to its line's balance and its agreement's pot."""
    sets = ",\n        ".join([*ledger.added(), *more])
    return f"""
CREATE OR REPLACE FUNCTION add_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    pot_won bigint := CASE NEW.stage WHEN 'pooled' THEN NEW.won WHEN 'drawn' THEN -NEW.won END;
BEGIN
    UPDATE disbursements_balance SET
        {sets}
        WHERE appropriation_id = NEW.appropriation_id;
    IF pot_won IS NOT NULL THEN
        INSERT INTO disbursements_pot AS pot (agreement_id, won)
            SELECT agreement_id, 0 FROM disbursements_appropriation
                WHERE id = NEW.appropriation_id
            ON CONFLICT DO NOTHING;
        UPDATE disbursements_pot SET won = won + pot_won WHERE agreement_id = (
            SELECT agreement_id FROM disbursements_appropriation WHERE id = NEW.appropriation_id);
    END IF;
    RETURN NULL;
END $$;
"""


DEFAULTS = """
ALTER TABLE disbursements_balance
    ALTER COLUMN applied SET DEFAULT 0, ALTER COLUMN applications SET DEFAULT 0;
"""
BACKFILL = """
ALTER TABLE disbursements_balance DISABLE TRIGGER balance_is_kept;
UPDATE disbursements_balance SET untold_since = untold_since_of(appropriation_id);
ALTER TABLE disbursements_balance ENABLE TRIGGER balance_is_kept;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disbursements', '0012_decisions_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='balance',
            name='balance_nothing_below_zero',
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_moves_something',
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_takes_a_known_road',
        ),
        migrations.AddField(
            model_name='balance',
            name='applications',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='balance',
            name='applied',
            field=models.BigIntegerField(default=0, verbose_name='applied for'),
        ),
        migrations.AddField(
            model_name='balance',
            name='untold_since',
            field=models.DateField(null=True, verbose_name='spending not told since'),
        ),
        migrations.AlterField(
            model_name='entry',
            name='stage',
            field=models.CharField(choices=[('agreed', 'agreed'), ('applied', 'applied for'), ('requested', 'requested in the budget'), ('bill', 'in the bill'), ('voted', 'voted'), ('provisional', 'provisional notice'), ('final', 'final notice'), ('carried_in', 'carried in'), ('pooled', 'put into the pot'), ('drawn', 'drawn from the pot'), ('granted', 'granted'), ('revoked', 'grant revoked'), ('paid', 'paid'), ('interest', 'interest'), ('contracted', 'contracted'), ('executed', 'executed'), ('carried_out', 'carried out'), ('lapsed', 'lapsed'), ('returned', 'returned')], max_length=20, verbose_name='stage'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('agreed__gte', 0), ('applied__gte', 0), ('bill__gte', 0), ('carried_in__gte', 0), ('carried_out__gte', 0), ('contracted__gte', 0), ('drawn__gte', 0), ('executed__gte', 0), ('final__gte', 0), ('granted__gte', 0), ('interest__gte', 0), ('lapsed__gte', 0), ('paid__gte', 0), ('pooled__gte', 0), ('provisional__gte', 0), ('requested__gte', 0), ('returned__gte', 0), ('revoked__gte', 0), ('voted__gte', 0)), name='balance_nothing_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('won', 0), _negated=True), ('stage__in', ['applied', 'requested', 'bill', 'provisional', 'final', 'voted', 'executed']), _connector='OR'), name='entry_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'agreed')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'applied')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'requested')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'bill')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'provisional')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'final')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'contracted')), models.Q(('enters', 'appropriation'), ('leaves', 'outside'), ('stage', 'voted')), models.Q(('enters', 'treasury'), ('leaves', 'outside'), ('stage', 'voted')), models.Q(('enters', 'appropriation'), ('leaves', 'carried'), ('stage', 'carried_in')), models.Q(('enters', 'treasury'), ('leaves', 'carried'), ('stage', 'carried_in')), models.Q(('enters', 'pot'), ('leaves', 'appropriation'), ('stage', 'pooled')), models.Q(('enters', 'appropriation'), ('leaves', 'pot'), ('stage', 'drawn')), models.Q(('enters', 'grant'), ('leaves', 'appropriation'), ('stage', 'granted')), models.Q(('enters', 'appropriation'), ('leaves', 'grant'), ('stage', 'revoked')), models.Q(('enters', 'treasury'), ('leaves', 'grant'), ('stage', 'paid')), models.Q(('enters', 'treasury'), ('leaves', 'outside'), ('stage', 'interest')), models.Q(('enters', 'executed'), ('leaves', 'treasury'), ('stage', 'executed')), models.Q(('enters', 'carried'), ('leaves', 'appropriation'), ('stage', 'carried_out')), models.Q(('enters', 'carried'), ('leaves', 'treasury'), ('stage', 'carried_out')), models.Q(('enters', 'lapsed'), ('leaves', 'appropriation'), ('stage', 'lapsed')), models.Q(('enters', 'lapsed'), ('leaves', 'treasury'), ('stage', 'lapsed')), models.Q(('enters', 'returned'), ('leaves', 'treasury'), ('stage', 'returned')), _connector='OR'), name='entry_takes_a_known_road'),
        ),
        migrations.RunSQL(
            DEFAULTS + FUNCTION + BACKFILL + add_entry(*APPLIED, UNTOLD),
            reverse_sql=add_entry() + "DROP FUNCTION untold_since_of(bigint);",
        ),
    ]
