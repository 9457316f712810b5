"""From the acceptance of a settlement on, the money left over earns interest or is returned."""

from django.db import migrations

UP = """
CREATE FUNCTION treasury_stays_as_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM disbursements_settlement s WHERE s.appropriation_id = NEW.appropriation_id
            AND s.state IN ('accepted', 'settled')
    ) THEN
        RAISE EXCEPTION 'what the settlement says is left is left'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_keeps_what_is_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_keeps_what_is_settled BEFORE INSERT ON disbursements_entry
    FOR EACH ROW WHEN (
        'treasury' IN (NEW.leaves, NEW.enters) AND NEW.stage NOT IN ('interest', 'returned')
    ) EXECUTE FUNCTION treasury_stays_as_settled();
"""

DOWN = """
DROP TRIGGER entry_keeps_what_is_settled ON disbursements_entry;
DROP FUNCTION treasury_stays_as_settled();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0007_carrying_settling")]

    operations = [migrations.RunSQL(UP, DOWN)]
