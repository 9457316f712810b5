CREATE OR REPLACE FUNCTION keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.state NOT IN ('', 'draft')
        OR TG_OP = 'UPDATE' AND OLD.state NOT IN ('', 'draft') AND NEW.state <> 'draft' AND
            (NEW.agreement_id, NEW.fiscal_year, NEW.narrative, NEW.obstacles, NEW.next_steps)
            IS DISTINCT FROM
            (OLD.agreement_id, OLD.fiscal_year, OLD.narrative, OLD.obstacles, OLD.next_steps)
        OR TG_OP = 'UPDATE' AND OLD.state = 'evaluated' AND NEW.state <> 'evaluated' THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER report_stays
    BEFORE DELETE OR UPDATE ON agreements_yearlyreport
    FOR EACH ROW
    EXECUTE FUNCTION keep_report();
