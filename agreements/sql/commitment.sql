CREATE OR REPLACE FUNCTION bind_commitment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM agreements_scheduleline l JOIN agreements_version v ON v.id = l.version_id
        WHERE v.id = NEW.version_id AND v.state = 'in_force'
        AND (l.component_id, l.fiscal_year, l.source, l.won)
          = (NEW.component_id, NEW.fiscal_year, NEW.source, NEW.won)
    ) THEN
        RAISE EXCEPTION 'a commitment is in the schedule of its version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_is_agreed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreements_commitment_rows_stay
    BEFORE DELETE OR UPDATE ON agreements_commitment
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER agreements_commitment_stays
    BEFORE TRUNCATE ON agreements_commitment
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER commitment_is_agreed
    BEFORE INSERT ON agreements_commitment
    FOR EACH ROW
    EXECUTE FUNCTION bind_commitment();
