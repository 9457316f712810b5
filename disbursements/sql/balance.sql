CREATE OR REPLACE FUNCTION only_entries_change_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a balance changes by entries only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER balance_is_kept
    BEFORE INSERT OR DELETE OR UPDATE ON disbursements_balance
    FOR EACH ROW
    EXECUTE FUNCTION only_entries_change_balance();

CREATE TRIGGER balance_stays
    BEFORE TRUNCATE ON disbursements_balance
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
