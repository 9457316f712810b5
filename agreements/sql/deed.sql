CREATE OR REPLACE FUNCTION follow_deed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held agreements_version;
BEGIN
    SELECT * INTO held FROM agreements_version WHERE id = NEW.version_id;
    IF held.state NOT IN ('frozen', 'signing')
        OR (NEW.edition, NEW.digest) IS DISTINCT FROM (held.edition, held.digest)
        OR NEW.size <> length(NEW.pdf) OR NEW.sha256 <> encode(sha256(NEW.pdf), 'hex')
        OR NEW.number > 0 AND NOT EXISTS (
            SELECT 1 FROM agreements_deed d
            WHERE d.version_id = NEW.version_id AND d.edition = NEW.edition
            AND d.number = NEW.number - 1 AND substring(NEW.pdf FROM 1 FOR d.size) = d.pdf) THEN
        RAISE EXCEPTION 'a document follows from the one before it and from the frozen text'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deed_follows';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER agreements_deed_rows_stay
    BEFORE DELETE OR UPDATE ON agreements_deed
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER agreements_deed_stays
    BEFORE TRUNCATE ON agreements_deed
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER deed_follows
    BEFORE INSERT ON agreements_deed
    FOR EACH ROW
    EXECUTE FUNCTION follow_deed();
