CREATE TRIGGER foundation_event_rows_stay
    BEFORE DELETE OR UPDATE ON foundation_event
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER foundation_event_stays
    BEFORE TRUNCATE ON foundation_event
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
