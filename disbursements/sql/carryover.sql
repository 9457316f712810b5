CREATE TRIGGER carry_over_stays
    BEFORE DELETE OR UPDATE ON disbursements_carryover
    FOR EACH ROW
    WHEN (OLD.state IN ('approved', 'refused'))
    EXECUTE FUNCTION decision_stays();
