"""A tranche stays with the line for which it was asked."""

from django.db import migrations

UP = """
CREATE FUNCTION refuse_other_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a tranche keeps its line' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tranche_keeps_its_line BEFORE UPDATE ON disbursements_tranche
    FOR EACH ROW WHEN (OLD.appropriation_id <> NEW.appropriation_id)
    EXECUTE FUNCTION refuse_other_tranche();
"""

DOWN = """
DROP TRIGGER tranche_keeps_its_line ON disbursements_tranche;
DROP FUNCTION refuse_other_tranche();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0008_settled_stays")]

    operations = [migrations.RunSQL(UP, DOWN)]
