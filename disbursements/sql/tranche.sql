CREATE OR REPLACE FUNCTION only_entries_change_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2
        AND (NEW.granted, NEW.paid) <> (coalesce(OLD.granted, 0), coalesce(OLD.paid, 0)) THEN
        RAISE EXCEPTION 'the totals of a tranche change by entries only'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_other_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a tranche keeps its line' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER tranche_keeps_its_line
    BEFORE UPDATE ON disbursements_tranche
    FOR EACH ROW
    WHEN (OLD.appropriation_id <> NEW.appropriation_id)
    EXECUTE FUNCTION refuse_other_tranche();

CREATE TRIGGER tranche_totals_are_kept
    BEFORE INSERT OR UPDATE ON disbursements_tranche
    FOR EACH ROW
    EXECUTE FUNCTION only_entries_change_tranche();
