CREATE TRIGGER projects_letter_rows_stay
    BEFORE DELETE OR UPDATE ON projects_letter
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER projects_letter_stays
    BEFORE TRUNCATE ON projects_letter
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
