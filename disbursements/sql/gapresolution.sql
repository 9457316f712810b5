CREATE TRIGGER gap_resolution_stays
    BEFORE DELETE OR UPDATE ON disbursements_gapresolution
    FOR EACH ROW
    WHEN (OLD.state IN ('accepted', 'refused', 'withdrawn'))
    EXECUTE FUNCTION decision_stays();
