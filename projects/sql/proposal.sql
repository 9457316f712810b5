CREATE OR REPLACE FUNCTION coordinated_by_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.coordinated_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_round
        WHERE id = NEW.coordinated_id AND proposal_id = NEW.id AND state IN ('agreed', 'decided')
    ) THEN
        RAISE EXCEPTION 'only a settled round of its own counts for a proposal'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER proposal_coordinated_by_its_own
    BEFORE INSERT OR UPDATE OF coordinated_id ON projects_proposal
    FOR EACH ROW
    EXECUTE FUNCTION coordinated_by_its_own();
