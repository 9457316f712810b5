CREATE TRIGGER disbursements_bankfile_rows_stay
    BEFORE DELETE OR UPDATE ON disbursements_bankfile
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER disbursements_bankfile_stays
    BEFORE TRUNCATE ON disbursements_bankfile
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
