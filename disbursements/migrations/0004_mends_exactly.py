"""An entry mends one of its own line, stage and tranche; the refusal has a name."""

from django.db import migrations

UP = """
CREATE FUNCTION mends_exactly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM disbursements_entry e WHERE e.id = NEW.mends_id AND e.stage = NEW.stage
            AND e.appropriation_id = NEW.appropriation_id AND e.won = -NEW.won
            AND e.tranche_id IS NOT DISTINCT FROM NEW.tranche_id AND e.mends_id IS NULL
    ) THEN
        RAISE EXCEPTION 'an entry mends by its exact opposite'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_mends_exactly';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_mends_exactly BEFORE INSERT ON disbursements_entry
    FOR EACH ROW WHEN (NEW.mends_id IS NOT NULL) EXECUTE FUNCTION mends_exactly();
"""

DOWN = """
DROP TRIGGER entry_mends_exactly ON disbursements_entry;
DROP FUNCTION mends_exactly();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0003_guards")]

    operations = [migrations.RunSQL(UP, DOWN)]
