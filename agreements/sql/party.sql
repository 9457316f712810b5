CREATE OR REPLACE FUNCTION keep_party() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT state INTO held FROM agreements_version
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
    IF held IN ('', 'drafting') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    IF (NEW.version_id, NEW.organisation_id, NEW.role, NEW.position)
        IS DISTINCT FROM (OLD.version_id, OLD.organisation_id, OLD.role, OLD.position)
        OR held <> 'consent' AND (NEW.name_ko, NEW.name_en) IS DISTINCT FROM (OLD.name_ko, OLD.name_en)
        OR held NOT IN ('consent', 'frozen', 'signing', 'dropped')
            AND NEW.state IS DISTINCT FROM OLD.state THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER parties_stay
    BEFORE TRUNCATE ON agreements_party
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER party_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_party
    FOR EACH ROW
    EXECUTE FUNCTION keep_party();
