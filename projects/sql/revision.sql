CREATE TRIGGER projects_revision_rows_stay
    BEFORE DELETE OR UPDATE ON projects_revision
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER projects_revision_stays
    BEFORE TRUNCATE ON projects_revision
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
