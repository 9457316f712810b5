CREATE TRIGGER projects_shortcoming_rows_stay
    BEFORE DELETE OR UPDATE ON projects_shortcoming
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER projects_shortcoming_stays
    BEFORE TRUNCATE ON projects_shortcoming
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
