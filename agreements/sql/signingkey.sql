CREATE TRIGGER signing_key_stays
    BEFORE DELETE OR UPDATE ON agreements_signingkey
    FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('retired_at');
