CREATE OR REPLACE FUNCTION only_entries_change_pot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'a pot changes by entries only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER pot_is_kept
    BEFORE INSERT OR DELETE OR UPDATE ON disbursements_pot
    FOR EACH ROW
    EXECUTE FUNCTION only_entries_change_pot();

CREATE TRIGGER pot_stays
    BEFORE TRUNCATE ON disbursements_pot
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
