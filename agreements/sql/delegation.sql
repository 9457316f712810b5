CREATE TRIGGER delegation_stays
    BEFORE DELETE OR UPDATE ON agreements_delegation
    FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('state', 'moves_made', 'changed_at', 'revoked_by_id');
