CREATE OR REPLACE FUNCTION keep_session_member() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over text;
BEGIN
    over := (SELECT state FROM projects_session
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END);
    IF TG_OP = 'DELETE' AND over = 'planned' THEN RETURN OLD; END IF;
    IF TG_OP <> 'DELETE' AND over = 'planned' AND NEW.attended IS NULL AND
        (TG_OP = 'INSERT' OR NEW.session_id = OLD.session_id) THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND over = 'held' AND OLD.attended IS NULL AND NEW.attended IS NOT NULL
        AND to_jsonb(NEW) - 'attended' = to_jsonb(OLD) - 'attended' THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the record of a session does not change' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER session_member_stays
    BEFORE INSERT OR DELETE OR UPDATE ON projects_sessionmember
    FOR EACH ROW
    EXECUTE FUNCTION keep_session_member();
