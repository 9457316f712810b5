"""What was decided about money stays as it was decided, whoever writes."""

from django.db import migrations

ENDED = {
    "carry_over": ("carryover", "'approved', 'refused'"),
    "gap_resolution": ("gapresolution", "'accepted', 'refused', 'withdrawn'"),
    "settlement": ("settlement", "'settled'"),
}
SAID = "appropriation_id, unspent, interest, evidence, reported_by_id, accepted_by_id"

UP = """
CREATE FUNCTION decision_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided stays' USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER {name}_stays BEFORE UPDATE OR DELETE ON disbursements_{table}
    FOR EACH ROW WHEN (OLD.state IN ({states})) EXECUTE FUNCTION decision_stays();
"""
    for name, (table, states) in ENDED.items()
)
ACCEPTED = f"""
CREATE TRIGGER settlement_is_as_accepted BEFORE UPDATE ON disbursements_settlement
    FOR EACH ROW WHEN (OLD.state = 'accepted' AND ROW(OLD.{SAID.replace(", ", ", OLD.")})
        IS DISTINCT FROM ROW(NEW.{SAID.replace(", ", ", NEW.")}))
    EXECUTE FUNCTION decision_stays();
"""
DOWN = (
    "DROP TRIGGER settlement_is_as_accepted ON disbursements_settlement;"
    + "".join(
        f"DROP TRIGGER {name}_stays ON disbursements_{table};"
        for name, (table, _states) in ENDED.items()
    )
    + "DROP FUNCTION decision_stays();"
)


class Migration(migrations.Migration):
    dependencies = [("disbursements", "0011_bank")]

    operations = [migrations.RunSQL(UP + ACCEPTED, DOWN)]
