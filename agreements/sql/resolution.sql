CREATE TRIGGER agreements_resolution_rows_stay
    BEFORE DELETE OR UPDATE ON agreements_resolution
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER agreements_resolution_stays
    BEFORE TRUNCATE ON agreements_resolution
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
