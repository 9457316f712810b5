CREATE TRIGGER paper_stays
    BEFORE DELETE OR UPDATE ON agreements_papersignature
    FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('state', 'moves_made', 'changed_at', 'confirmed_by_id');
