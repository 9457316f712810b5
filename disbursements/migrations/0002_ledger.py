"""The database keeps the totals: a trigger adds every entry to its line's balance."""

from django.db import migrations

from foundation.append_only import append_only

STAGES = "agreed voted carried_in granted paid executed carried_out lapsed returned".split()
ADDED = ",\n        ".join(
    f"{stage} = {stage} + CASE WHEN NEW.stage = '{stage}' THEN NEW.won ELSE 0 END"
    for stage in STAGES
)
ZEROS = ", ".join("0" for _stage in STAGES)

UP = f"""
CREATE FUNCTION open_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO disbursements_balance (appropriation_id, national, votes, {", ".join(STAGES)})
        VALUES (NEW.id, NEW.source = 'national', 0, {ZEROS});
    RETURN NULL;
END $$;
CREATE TRIGGER appropriation_opens_balance AFTER INSERT ON disbursements_appropriation
    FOR EACH ROW EXECUTE FUNCTION open_balance();

CREATE FUNCTION add_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.mends_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM disbursements_entry e WHERE e.id = NEW.mends_id AND e.stage = NEW.stage
            AND e.appropriation_id = NEW.appropriation_id AND e.won = -NEW.won
            AND e.mends_id IS NULL
    ) THEN
        RAISE EXCEPTION 'an entry mends by its exact opposite' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE disbursements_balance SET
        votes = votes + CASE WHEN NEW.stage <> 'voted' THEN 0
                             WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END,
        {ADDED}
        WHERE appropriation_id = NEW.appropriation_id;
    RETURN NULL;
END $$;
CREATE TRIGGER entry_adds_to_balance AFTER INSERT ON disbursements_entry
    FOR EACH ROW EXECUTE FUNCTION add_entry();

CREATE FUNCTION only_entries_change_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance changes by entries only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balance_is_kept BEFORE INSERT OR UPDATE OR DELETE ON disbursements_balance
    FOR EACH ROW EXECUTE FUNCTION only_entries_change_balance();
"""

DOWN = """
DROP TRIGGER balance_is_kept ON disbursements_balance;
DROP TRIGGER entry_adds_to_balance ON disbursements_entry;
DROP TRIGGER appropriation_opens_balance ON disbursements_appropriation;
DROP FUNCTION only_entries_change_balance();
DROP FUNCTION add_entry();
DROP FUNCTION open_balance();
"""


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0001_initial"), ("foundation", "0001_initial")]

    operations = [migrations.RunSQL(UP, DOWN), append_only("disbursements_entry")]
