CREATE OR REPLACE FUNCTION bind_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM agreements_party p JOIN agreements_version v ON v.id = p.version_id
        LEFT JOIN agreements_deed d ON d.id = NEW.deed_id
        LEFT JOIN agreements_papersignature s ON s.id = NEW.paper_id
        WHERE p.id = NEW.party_id AND v.state = 'signing' AND v.digest = NEW.digest
        AND NEW.kind <> 'before'
        AND (NEW.deed_id IS NULL OR (d.version_id = v.id AND d.edition = v.edition AND d.number > 0))
        AND (NEW.paper_id IS NULL OR (s.party_id = p.id AND s.digest = v.digest
            AND s.state = 'confirmed'))
    ) THEN
        RAISE EXCEPTION 'a signature binds to the current text'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_binds';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreements_signature_rows_stay
    BEFORE DELETE OR UPDATE ON agreements_signature
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER agreements_signature_stays
    BEFORE TRUNCATE ON agreements_signature
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER signature_binds
    BEFORE INSERT ON agreements_signature
    FOR EACH ROW
    EXECUTE FUNCTION bind_signature();
