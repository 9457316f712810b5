"""Money leaves one account and enters another; the database keeps every account."""

import disbursements.models.entries
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


TOTALS = (
    "agreed requested bill voted provisional final carried_in pooled drawn revoked paid interest"
    " contracted executed carried_out lapsed returned"
).split()
COUNTS = {"votes": "voted", "requests": "requested", "bills": "bill"}
ACCOUNTS = "appropriation grant treasury".split()


def added():
    """The SET clauses with which an entry is added to its line's balance."""
    yield "entries = entries + 1"
    for count, stage in COUNTS.items():
        yield (
            f"{count} = {count} + CASE WHEN NEW.stage <> '{stage}' THEN 0"
            " WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END"
        )
    for stage in TOTALS:
        yield f"{stage} = {stage} + CASE WHEN NEW.stage = '{stage}' THEN NEW.won ELSE 0 END"
    yield (
        "granted = granted + CASE NEW.stage WHEN 'granted' THEN NEW.won"
        " WHEN 'revoked' THEN -NEW.won ELSE 0 END"
    )
    for way in ("in", "out"):
        yield (
            f"accident_{way} = accident_{way} + CASE WHEN NEW.stage = 'carried_{way}'"
            " AND NEW.carry_kind = 'accident' THEN NEW.won ELSE 0 END"
        )
    for account in ACCOUNTS:
        yield (
            f"in_{account} = in_{account}"
            f" + CASE WHEN NEW.enters = '{account}' THEN NEW.won ELSE 0 END"
            f" - CASE WHEN NEW.leaves = '{account}' THEN NEW.won ELSE 0 END"
        )


BACKFILL = """
ALTER TABLE disbursements_entry DISABLE TRIGGER disbursements_entry_rows_stay;
UPDATE disbursements_entry e SET key = 'before:' || e.id,
    leaves = CASE e.stage WHEN 'granted' THEN 'appropriation' WHEN 'paid' THEN 'grant'
        WHEN 'executed' THEN 'treasury' ELSE 'outside' END,
    enters = CASE e.stage WHEN 'agreed' THEN 'memo' WHEN 'granted' THEN 'grant'
        WHEN 'paid' THEN 'treasury' WHEN 'executed' THEN 'executed'
        ELSE CASE WHEN b.national THEN 'appropriation' ELSE 'treasury' END END
    FROM disbursements_balance b WHERE b.appropriation_id = e.appropriation_id;
ALTER TABLE disbursements_entry ENABLE TRIGGER disbursements_entry_rows_stay;
ALTER TABLE disbursements_balance DISABLE TRIGGER balance_is_kept;
UPDATE disbursements_balance b SET
    entries = (SELECT count(*) FROM disbursements_entry e
        WHERE e.appropriation_id = b.appropriation_id),
    in_appropriation = CASE WHEN national THEN voted - granted ELSE 0 END,
    in_grant = CASE WHEN national THEN granted - paid ELSE 0 END,
    in_treasury = CASE WHEN national THEN paid ELSE voted END - executed;
ALTER TABLE disbursements_balance ENABLE TRIGGER balance_is_kept;
"""

UP = f"""
CREATE OR REPLACE FUNCTION open_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO disbursements_balance (appropriation_id, national)
        VALUES (NEW.id, NEW.source = 'national');
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION add_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    pot_won bigint := CASE NEW.stage WHEN 'pooled' THEN NEW.won WHEN 'drawn' THEN -NEW.won END;
BEGIN
    UPDATE disbursements_balance SET
        {(","+chr(10)+"        ").join(added())}
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

CREATE FUNCTION takes_its_road() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    on_national boolean := (
        SELECT national FROM disbursements_balance WHERE appropriation_id = NEW.appropriation_id);
BEGIN
    IF (CASE WHEN on_national
        THEN NEW.stage IN ('voted', 'lapsed') AND 'treasury' IN (NEW.leaves, NEW.enters)
        ELSE 'appropriation' IN (NEW.leaves, NEW.enters) OR 'grant' IN (NEW.leaves, NEW.enters)
    END) THEN
        RAISE EXCEPTION 'money of this source goes another way'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_takes_the_road_of_its_source';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_takes_the_road_of_its_source BEFORE INSERT ON disbursements_entry
    FOR EACH ROW EXECUTE FUNCTION takes_its_road();

CREATE OR REPLACE FUNCTION add_entry_to_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE disbursements_tranche SET
        granted = granted + CASE NEW.stage WHEN 'granted' THEN NEW.won
            WHEN 'revoked' THEN -NEW.won ELSE 0 END,
        paid = paid + CASE WHEN NEW.stage = 'paid' THEN NEW.won ELSE 0 END
        WHERE id = NEW.tranche_id AND appropriation_id = NEW.appropriation_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an entry names a tranche of its own line'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_tranche_is_of_its_line';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION mends_exactly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM disbursements_entry e WHERE e.id = NEW.mends_id AND e.stage = NEW.stage
            AND e.appropriation_id = NEW.appropriation_id AND e.won = -NEW.won
            AND e.leaves = NEW.leaves AND e.enters = NEW.enters AND e.carry_kind = NEW.carry_kind
            AND e.tranche_id IS NOT DISTINCT FROM NEW.tranche_id AND e.mends_id IS NULL
    ) THEN
        RAISE EXCEPTION 'an entry mends by its exact opposite'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_mends_exactly';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION twin_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM disbursements_entry e
            JOIN disbursements_appropriation was ON was.id = e.appropriation_id
            JOIN disbursements_appropriation now ON now.id = NEW.appropriation_id
            WHERE e.id = NEW.twin_id AND e.stage = 'carried_out' AND e.won = NEW.won
            AND e.carry_kind = NEW.carry_kind AND e.leaves = NEW.enters
            AND now.fiscal_year = was.fiscal_year + 1
            AND (now.agreement_id, now.component_id, now.source)
              = (was.agreement_id, was.component_id, was.source)
    ) THEN
        RAISE EXCEPTION 'what is carried in was carried out the year before'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_twin_fits';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_twin_fits BEFORE INSERT ON disbursements_entry
    FOR EACH ROW WHEN (NEW.twin_id IS NOT NULL) EXECUTE FUNCTION twin_fits();

CREATE FUNCTION carried_is_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT sum(b.carried_out - b.carried_in) FROM disbursements_appropriation line
            JOIN disbursements_appropriation other ON (other.agreement_id, other.component_id,
                other.source) = (line.agreement_id, line.component_id, line.source)
            JOIN disbursements_balance b ON b.appropriation_id = other.id
            WHERE line.id = NEW.appropriation_id
    ) <> 0 THEN
        RAISE EXCEPTION 'what is carried out comes in the year after'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_carried_out_comes_in';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER entry_carried_out_comes_in AFTER INSERT ON disbursements_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.stage IN ('carried_in', 'carried_out')) EXECUTE FUNCTION carried_is_zero();

CREATE FUNCTION only_entries_change_pot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a pot changes by entries only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pot_is_kept BEFORE INSERT OR UPDATE OR DELETE ON disbursements_pot
    FOR EACH ROW EXECUTE FUNCTION only_entries_change_pot();
CREATE TRIGGER pot_stays BEFORE TRUNCATE ON disbursements_pot
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

DEFAULTS = "ALTER TABLE disbursements_balance " + ", ".join(
    f"ALTER COLUMN {name} SET DEFAULT 0"
    for name in [*TOTALS, *COUNTS, "granted", "entries", "accident_in", "accident_out", *(f"in_{a}" for a in ACCOUNTS)]
)


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0003_sign'),
        ('disbursements', '0005_amend'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Pot',
            fields=[
                ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='pot', serialize=False, to='agreements.agreement')),
                ('won', models.BigIntegerField(default=0, verbose_name='won')),
            ],
            options={
                'verbose_name': 'pot',
            },
        ),
        migrations.RemoveConstraint(
            model_name='balance',
            name='balance_nothing_below_zero',
        ),
        migrations.RemoveConstraint(
            model_name='balance',
            name='balance_granted_within_voted',
        ),
        migrations.RemoveConstraint(
            model_name='balance',
            name='balance_national_used_within_paid',
        ),
        migrations.RemoveConstraint(
            model_name='balance',
            name='balance_local_used_within_voted',
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_moves_something',
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_names_its_tranche',
        ),
        migrations.AddField(
            model_name='balance',
            name='accident_in',
            field=models.BigIntegerField(default=0, verbose_name='carried in by accident'),
        ),
        migrations.AddField(
            model_name='balance',
            name='accident_out',
            field=models.BigIntegerField(default=0, verbose_name='carried out by accident'),
        ),
        migrations.AddField(
            model_name='balance',
            name='bill',
            field=models.BigIntegerField(default=0, verbose_name='in the bill'),
        ),
        migrations.AddField(
            model_name='balance',
            name='bills',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='balance',
            name='contracted',
            field=models.BigIntegerField(default=0, verbose_name='contracted'),
        ),
        migrations.AddField(
            model_name='balance',
            name='drawn',
            field=models.BigIntegerField(default=0, verbose_name='drawn from the pot'),
        ),
        migrations.AddField(
            model_name='balance',
            name='entries',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='balance',
            name='final',
            field=models.BigIntegerField(default=0, verbose_name='final notice'),
        ),
        migrations.AddField(
            model_name='balance',
            name='in_appropriation',
            field=models.BigIntegerField(default=0, verbose_name='voted and not granted'),
        ),
        migrations.AddField(
            model_name='balance',
            name='in_grant',
            field=models.BigIntegerField(default=0, verbose_name='granted and not paid'),
        ),
        migrations.AddField(
            model_name='balance',
            name='in_treasury',
            field=models.BigIntegerField(default=0, verbose_name='in the local treasury'),
        ),
        migrations.AddField(
            model_name='balance',
            name='interest',
            field=models.BigIntegerField(default=0, verbose_name='interest'),
        ),
        migrations.AddField(
            model_name='balance',
            name='pooled',
            field=models.BigIntegerField(default=0, verbose_name='put into the pot'),
        ),
        migrations.AddField(
            model_name='balance',
            name='provisional',
            field=models.BigIntegerField(default=0, verbose_name='provisional notice'),
        ),
        migrations.AddField(
            model_name='balance',
            name='requested',
            field=models.BigIntegerField(default=0, verbose_name='requested in the budget'),
        ),
        migrations.AddField(
            model_name='balance',
            name='requests',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='balance',
            name='revoked',
            field=models.BigIntegerField(default=0, verbose_name='grant revoked'),
        ),
        migrations.AddField(
            model_name='entry',
            name='carry_kind',
            field=models.CharField(blank=True, choices=[('explicit', 'explicit'), ('accident', 'accident'), ('continuing', 'continuing')], max_length=20, verbose_name='kind of carry-over'),
        ),
        migrations.AddField(
            model_name='entry',
            name='enters',
            field=models.CharField(choices=[('outside', 'outside'), ('memo', 'figures told'), ('appropriation', 'appropriation'), ('grant', 'grant'), ('treasury', 'local treasury'), ('executed', 'executed'), ('carried', 'carried over'), ('lapsed', 'lapsed'), ('returned', 'returned'), ('pot', 'pot of the agreement')], default='outside', max_length=20, verbose_name='enters'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entry',
            name='key',
            field=models.CharField(max_length=160, null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='leaves',
            field=models.CharField(choices=[('outside', 'outside'), ('memo', 'figures told'), ('appropriation', 'appropriation'), ('grant', 'grant'), ('treasury', 'local treasury'), ('executed', 'executed'), ('carried', 'carried over'), ('lapsed', 'lapsed'), ('returned', 'returned'), ('pot', 'pot of the agreement')], default='memo', max_length=20, verbose_name='leaves'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='entry',
            name='twin',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comes_in_as', to='disbursements.entry'),
        ),
        migrations.AlterField(
            model_name='appropriation',
            name='state',
            field=models.CharField(choices=[('open', 'open'), ('closed', 'closed'), ('settled', 'year closed')], default='', editable=False, max_length=20),
        ),
        migrations.AlterField(
            model_name='entry',
            name='stage',
            field=models.CharField(choices=[('agreed', 'agreed'), ('requested', 'requested in the budget'), ('bill', 'in the bill'), ('voted', 'voted'), ('provisional', 'provisional notice'), ('final', 'final notice'), ('carried_in', 'carried in'), ('pooled', 'put into the pot'), ('drawn', 'drawn from the pot'), ('granted', 'granted'), ('revoked', 'grant revoked'), ('paid', 'paid'), ('interest', 'interest'), ('contracted', 'contracted'), ('executed', 'executed'), ('carried_out', 'carried out'), ('lapsed', 'lapsed'), ('returned', 'returned')], max_length=20, verbose_name='stage'),
        ),
        migrations.AlterField(
            model_name='tranche',
            name='state',
            field=models.CharField(choices=[('requested', 'requested'), ('granted', 'granted'), ('refused', 'refused'), ('paid', 'paid'), ('revoked', 'revoked')], default='', editable=False, max_length=20),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['appropriation', 'stage', '-id'], name='entry_of_stage'),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='entry',
            name='key',
            field=models.CharField(default=disbursements.models.entries.new_key, max_length=160),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('key',), name='entry_key_once'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('agreed__gte', 0), ('bill__gte', 0), ('carried_in__gte', 0), ('carried_out__gte', 0), ('contracted__gte', 0), ('drawn__gte', 0), ('executed__gte', 0), ('final__gte', 0), ('granted__gte', 0), ('interest__gte', 0), ('lapsed__gte', 0), ('paid__gte', 0), ('pooled__gte', 0), ('provisional__gte', 0), ('requested__gte', 0), ('returned__gte', 0), ('revoked__gte', 0), ('voted__gte', 0)), name='balance_nothing_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('granted__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('voted'), '+', models.F('drawn')), '+', models.F('carried_in')))), name='balance_granted_within_voted'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('national', False), ('paid__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('executed'), '+', models.F('returned')), '-', models.F('carried_in')), '-', models.F('interest'))), _connector='OR'), name='balance_national_used_within_paid'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('national', True), ('voted__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('executed'), '+', models.F('carried_out')), '+', models.F('lapsed')), '+', models.F('returned')), '-', models.F('carried_in')), '-', models.F('interest'))), _connector='OR'), name='balance_local_used_within_voted'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('in_appropriation__gte', 0), ('in_grant__gte', 0), ('in_treasury__gte', 0)), name='balance_stands_nowhere_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('in_appropriation', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('voted'), '+', models.F('drawn')), '+', models.F('carried_in')), '+', models.F('interest')), '-', models.F('pooled')), '-', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('executed'), '+', models.F('carried_out')), '+', models.F('lapsed')), '+', models.F('returned'))), '-', models.F('in_grant')), '-', models.F('in_treasury')))), name='balance_sums_to_zero'),
        ),
        migrations.AddConstraint(
            model_name='balance',
            constraint=models.CheckConstraint(condition=models.Q(('accident_out__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('voted'), '+', models.F('drawn')), '+', models.F('carried_in')), '-', models.F('accident_in')))), name='balance_accident_carried_once'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('won', 0), _negated=True), ('stage__in', ['voted', 'requested', 'bill', 'provisional', 'final']), _connector='OR'), name='entry_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['granted', 'revoked', 'paid']), _negated=True), ('tranche__isnull', False), _connector='OR'), name='entry_names_its_tranche'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'agreed')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'requested')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'bill')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'provisional')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'final')), models.Q(('enters', 'memo'), ('leaves', 'outside'), ('stage', 'contracted')), models.Q(('enters', 'appropriation'), ('leaves', 'outside'), ('stage', 'voted')), models.Q(('enters', 'treasury'), ('leaves', 'outside'), ('stage', 'voted')), models.Q(('enters', 'appropriation'), ('leaves', 'carried'), ('stage', 'carried_in')), models.Q(('enters', 'treasury'), ('leaves', 'carried'), ('stage', 'carried_in')), models.Q(('enters', 'pot'), ('leaves', 'appropriation'), ('stage', 'pooled')), models.Q(('enters', 'appropriation'), ('leaves', 'pot'), ('stage', 'drawn')), models.Q(('enters', 'grant'), ('leaves', 'appropriation'), ('stage', 'granted')), models.Q(('enters', 'appropriation'), ('leaves', 'grant'), ('stage', 'revoked')), models.Q(('enters', 'treasury'), ('leaves', 'grant'), ('stage', 'paid')), models.Q(('enters', 'treasury'), ('leaves', 'outside'), ('stage', 'interest')), models.Q(('enters', 'executed'), ('leaves', 'treasury'), ('stage', 'executed')), models.Q(('enters', 'carried'), ('leaves', 'appropriation'), ('stage', 'carried_out')), models.Q(('enters', 'carried'), ('leaves', 'treasury'), ('stage', 'carried_out')), models.Q(('enters', 'lapsed'), ('leaves', 'appropriation'), ('stage', 'lapsed')), models.Q(('enters', 'lapsed'), ('leaves', 'treasury'), ('stage', 'lapsed')), models.Q(('enters', 'returned'), ('leaves', 'treasury'), ('stage', 'returned')), _connector='OR'), name='entry_takes_a_known_road'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['carried_in', 'carried_out']), ('carry_kind', ''), _connector='XOR'), name='entry_of_a_carry_names_its_kind'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('stage', 'carried_in'), ('twin', None), _connector='XOR'), name='entry_carried_in_has_a_twin'),
        ),
        migrations.AddConstraint(
            model_name='pot',
            constraint=models.CheckConstraint(condition=models.Q(('won__gte', 0)), name='pot_not_below_zero'),
        ),
        migrations.RunSQL(DEFAULTS, migrations.RunSQL.noop),
        migrations.RunSQL(UP, migrations.RunSQL.noop),
    ]
