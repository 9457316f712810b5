CREATE OR REPLACE FUNCTION keep_feed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL
        AND to_jsonb(NEW) - 'revoked_at' = to_jsonb(OLD) - 'revoked_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a calendar address is only revoked' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER feed_stays
    BEFORE UPDATE ON accounts_feed
    FOR EACH ROW
    EXECUTE FUNCTION keep_feed();
