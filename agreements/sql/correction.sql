CREATE TRIGGER correction_stays
    BEFORE DELETE OR UPDATE ON agreements_correction
    FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('state', 'moves_made', 'changed_at');
