CREATE OR REPLACE FUNCTION keep_evaluation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('confirmed', 'lapsed') AND (TG_OP = 'DELETE'
        OR (NEW.report_id, NEW.organisation_id, NEW.grade, NEW.opinion, NEW.advice, NEW.reason)
        IS DISTINCT FROM
        (OLD.report_id, OLD.organisation_id, OLD.grade, OLD.opinion, OLD.advice, OLD.reason)
        OR OLD.state = 'lapsed' AND NEW.state <> 'lapsed'
        OR OLD.state = 'confirmed' AND NEW.state NOT IN ('confirmed', 'lapsed')) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER evaluation_stays
    BEFORE DELETE OR UPDATE ON agreements_evaluation
    FOR EACH ROW
    EXECUTE FUNCTION keep_evaluation();
