CREATE OR REPLACE FUNCTION keep_bank_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'moves_made', 'changed_at'];
    confirming text[] := ARRAY['confirmed_by_id', 'confirmed_on', 'effective_on'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'requested' THEN
            moving := moving || confirming;
        END IF;
        IF to_jsonb(NEW) - moving = to_jsonb(OLD) - moving AND (OLD.state = 'requested'
            OR OLD.state = 'confirmed' AND NEW.state = 'withdrawn'
            AND OLD.effective_on > (now() AT TIME ZONE 'Asia/Seoul')::date) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a bank account does not change: another one takes its place'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bank_account_stays';
END $$;

CREATE TRIGGER bank_account_is_not_emptied
    BEFORE TRUNCATE ON disbursements_bankaccount
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER bank_account_stays
    BEFORE DELETE OR UPDATE ON disbursements_bankaccount
    FOR EACH ROW
    EXECUTE FUNCTION keep_bank_account();
