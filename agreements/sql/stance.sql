CREATE OR REPLACE FUNCTION keep_stance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT v.state INTO held FROM agreements_version v JOIN agreements_party p
        ON p.version_id = v.id
        WHERE p.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.party_id ELSE OLD.party_id END;
    IF held = 'consent' OR TG_OP = 'DELETE' AND coalesce(held, '') IN ('', 'drafting')
        OR TG_OP = 'UPDATE' AND NOT NEW.valid
            AND to_jsonb(NEW) - 'valid' = to_jsonb(OLD) - 'valid' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a stance is taken while the text waits for consent' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER stance_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_stance
    FOR EACH ROW
    EXECUTE FUNCTION keep_stance();
