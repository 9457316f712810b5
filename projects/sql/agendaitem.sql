CREATE OR REPLACE FUNCTION keep_agenda_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    session record;
BEGIN
    SELECT * INTO session FROM projects_session
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END;
    IF TG_OP = 'DELETE' AND session.state = 'planned' THEN RETURN OLD; END IF;
    IF TG_OP <> 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM projects_proposal WHERE id = NEW.proposal_id AND call_id = session.call_id
    ) THEN
        RAISE EXCEPTION 'a proposal of another call' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND session.state = 'planned' AND NEW.outcome = '' AND
        (TG_OP = 'INSERT' OR NEW.session_id = OLD.session_id) THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND session.state = 'held' AND OLD.outcome = '' AND NEW.outcome <> '' AND
        (NEW.session_id, NEW.proposal_id) = (OLD.session_id, OLD.proposal_id) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the record of a session does not change' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER agenda_item_stays
    BEFORE INSERT OR DELETE OR UPDATE ON projects_agendaitem
    FOR EACH ROW
    EXECUTE FUNCTION keep_agenda_item();
