CREATE OR REPLACE FUNCTION keep_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM agreements_version WHERE agreement_id = OLD.id
               AND state NOT IN ('', 'drafting'))
        AND (TG_OP = 'DELETE' OR (NEW.number, NEW.title, NEW.proposal_id)
            IS DISTINCT FROM (OLD.number, OLD.title, OLD.proposal_id)) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER agreement_stays
    BEFORE DELETE OR UPDATE ON agreements_agreement
    FOR EACH ROW
    EXECUTE FUNCTION keep_agreement();
