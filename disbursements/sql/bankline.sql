CREATE OR REPLACE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answered text[] := ARRAY['state', 'moves_made', 'changed_at', 'item_id', 'reason', 'words'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'waiting' AND to_jsonb(NEW) - answered = to_jsonb(OLD) - answered
            OR OLD.state = 'unmatched' AND NEW.state = 'settled'
            AND to_jsonb(NEW) - answered[1:3] = to_jsonb(OLD) - answered[1:3] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the bank''s answer does not change'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bank_line_stays';
END $$;

CREATE TRIGGER bank_line_is_not_emptied
    BEFORE TRUNCATE ON disbursements_bankline
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER bank_line_stays
    BEFORE DELETE OR UPDATE ON disbursements_bankline
    FOR EACH ROW
    EXECUTE FUNCTION keep_bank_line();
