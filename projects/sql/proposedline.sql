CREATE OR REPLACE FUNCTION proposed_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM projects_position WHERE round_id = NEW.round_id) THEN
        RAISE EXCEPTION 'the parties have been asked: the amounts of a round stand'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM projects_round r JOIN projects_component c USING (proposal_id)
        WHERE r.id = NEW.round_id AND c.id = NEW.component_id
    ) THEN
        RAISE EXCEPTION 'a round proposes amounts of its own proposal only'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER projects_proposedline_rows_stay
    BEFORE DELETE OR UPDATE ON projects_proposedline
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER projects_proposedline_stays
    BEFORE TRUNCATE ON projects_proposedline
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER proposed_line_in_time
    BEFORE INSERT ON projects_proposedline
    FOR EACH ROW
    EXECUTE FUNCTION proposed_in_time();
