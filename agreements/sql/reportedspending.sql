CREATE TRIGGER reported_spending_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_reportedspending
    FOR EACH ROW
    EXECUTE FUNCTION keep_reported();
