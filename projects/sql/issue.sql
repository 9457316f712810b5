CREATE OR REPLACE FUNCTION keep_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('decided', 'withdrawn', 'lapsed') THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.chosen_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_issueoption WHERE id = NEW.chosen_id AND issue_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'an option of another issue' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER issue_stays
    BEFORE INSERT OR DELETE OR UPDATE ON projects_issue
    FOR EACH ROW
    EXECUTE FUNCTION keep_issue();
