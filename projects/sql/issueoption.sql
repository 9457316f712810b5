CREATE OR REPLACE FUNCTION keep_issue_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'an option is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT state FROM projects_issue WHERE id = NEW.issue_id) <> 'open' THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER issue_option_stays
    BEFORE INSERT OR DELETE OR UPDATE ON projects_issueoption
    FOR EACH ROW
    EXECUTE FUNCTION keep_issue_option();
