CREATE TRIGGER disbursements_unspentline_rows_stay
    BEFORE DELETE OR UPDATE ON disbursements_unspentline
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER disbursements_unspentline_stays
    BEFORE TRUNCATE ON disbursements_unspentline
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
