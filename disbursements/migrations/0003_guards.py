"""The totals of tranches are kept like those of lines, and what holds a line stays."""

from django.db import migrations, models

UP = """
CREATE FUNCTION add_entry_to_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE disbursements_tranche SET
        granted = granted + CASE WHEN NEW.stage = 'granted' THEN NEW.won ELSE 0 END,
        paid = paid + CASE WHEN NEW.stage = 'paid' THEN NEW.won ELSE 0 END
        WHERE id = NEW.tranche_id AND appropriation_id = NEW.appropriation_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an entry names a tranche of its own line'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_tranche_is_of_its_line';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_adds_to_tranche AFTER INSERT ON disbursements_entry
    FOR EACH ROW WHEN (NEW.tranche_id IS NOT NULL) EXECUTE FUNCTION add_entry_to_tranche();

CREATE FUNCTION only_entries_change_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2
        AND (NEW.granted, NEW.paid) <> (coalesce(OLD.granted, 0), coalesce(OLD.paid, 0)) THEN
        RAISE EXCEPTION 'the totals of a tranche change by entries only'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tranche_totals_are_kept BEFORE INSERT OR UPDATE ON disbursements_tranche
    FOR EACH ROW EXECUTE FUNCTION only_entries_change_tranche();

CREATE FUNCTION refuse_other_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of money keeps its agreement, component, year and source'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER appropriation_keeps_its_line BEFORE UPDATE ON disbursements_appropriation
    FOR EACH ROW WHEN (
        (OLD.agreement_id, OLD.component_id, OLD.fiscal_year, OLD.source)
        IS DISTINCT FROM (NEW.agreement_id, NEW.component_id, NEW.fiscal_year, NEW.source)
    ) EXECUTE FUNCTION refuse_other_line();
CREATE TRIGGER balance_stays BEFORE TRUNCATE ON disbursements_balance
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

DOWN = """
DROP TRIGGER balance_stays ON disbursements_balance;
DROP TRIGGER appropriation_keeps_its_line ON disbursements_appropriation;
DROP FUNCTION refuse_other_line();
DROP TRIGGER tranche_totals_are_kept ON disbursements_tranche;
DROP FUNCTION only_entries_change_tranche();
DROP TRIGGER entry_adds_to_tranche ON disbursements_entry;
DROP FUNCTION add_entry_to_tranche();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0002_ledger")]

    operations = [
        migrations.AlterField(
            "tranche",
            "granted",
            models.BigIntegerField(default=0, editable=False, verbose_name="granted"),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["granted", "paid"]), _negated=True),
                    ("tranche__isnull", False),
                    _connector="OR",
                ),
                name="entry_names_its_tranche",
            ),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
