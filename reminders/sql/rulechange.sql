CREATE TRIGGER reminders_rulechange_rows_stay
    BEFORE DELETE OR UPDATE ON reminders_rulechange
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER reminders_rulechange_stays
    BEFORE TRUNCATE ON reminders_rulechange
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
