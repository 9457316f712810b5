CREATE OR REPLACE FUNCTION keep_issue_side() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_open boolean;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('heard', 'silent') THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    is_open := (SELECT state FROM projects_issue WHERE id = NEW.issue_id) = 'open';
    IF NOT is_open AND (TG_OP = 'INSERT' OR
        (NEW.position, NEW.favours_id, NEW.written_by_id, NEW.written_at)
        IS DISTINCT FROM (OLD.position, OLD.favours_id, OLD.written_by_id, OLD.written_at)
    ) THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.favours_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_issueoption WHERE id = NEW.favours_id AND issue_id = NEW.issue_id
    ) THEN
        RAISE EXCEPTION 'an option of another issue' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER issue_side_stays
    BEFORE INSERT OR DELETE OR UPDATE ON projects_issueside
    FOR EACH ROW
    EXECUTE FUNCTION keep_issue_side();
