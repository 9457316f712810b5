CREATE TRIGGER reported_indicator_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_reportedindicator
    FOR EACH ROW
    EXECUTE FUNCTION keep_reported();
