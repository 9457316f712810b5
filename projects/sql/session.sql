CREATE OR REPLACE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('held', 'cancelled') THEN
        RAISE EXCEPTION 'a session that is over does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.supplements_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_session
        WHERE id = NEW.supplements_id AND id <> NEW.id AND call_id = NEW.call_id AND state = 'held'
    ) THEN
        RAISE EXCEPTION 'it supplements no held session of its call'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION whole_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM projects_agendaitem WHERE session_id = NEW.id)
        OR EXISTS (SELECT 1 FROM projects_agendaitem WHERE session_id = NEW.id AND outcome = '')
        OR NOT EXISTS (SELECT 1 FROM projects_sessionmember WHERE session_id = NEW.id AND attended)
        OR EXISTS (SELECT 1 FROM projects_sessionmember
            WHERE session_id = NEW.id AND attended IS NULL)
        OR (SELECT count(*) FROM projects_sessionmember
            WHERE session_id = NEW.id AND role = 'chair') > 1
    THEN
        RAISE EXCEPTION 'a held session has results, members who attended and one chair'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER session_is_whole
    AFTER INSERT OR UPDATE ON projects_session
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    WHEN (NEW.state = 'held')
    EXECUTE FUNCTION whole_session();

CREATE TRIGGER session_stays
    BEFORE INSERT OR DELETE OR UPDATE ON projects_session
    FOR EACH ROW
    EXECUTE FUNCTION keep_session();
