CREATE TRIGGER agreements_correctedarticle_rows_stay
    BEFORE DELETE OR UPDATE ON agreements_correctedarticle
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER agreements_correctedarticle_stays
    BEFORE TRUNCATE ON agreements_correctedarticle
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
