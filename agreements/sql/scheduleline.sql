CREATE TRIGGER schedule_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_scheduleline
    FOR EACH ROW
    EXECUTE FUNCTION keep_text();

CREATE TRIGGER schedules_stay
    BEFORE TRUNCATE ON agreements_scheduleline
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
