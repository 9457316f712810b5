CREATE TRIGGER settlement_is_as_accepted
    BEFORE UPDATE ON disbursements_settlement
    FOR EACH ROW
    WHEN (OLD.state = 'accepted'
        AND (OLD.appropriation_id, OLD.unspent, OLD.interest, OLD.evidence,
             OLD.reported_by_id, OLD.accepted_by_id)
        IS DISTINCT FROM (NEW.appropriation_id, NEW.unspent, NEW.interest, NEW.evidence,
             NEW.reported_by_id, NEW.accepted_by_id))
    EXECUTE FUNCTION decision_stays();

CREATE TRIGGER settlement_stays
    BEFORE DELETE OR UPDATE ON disbursements_settlement
    FOR EACH ROW
    WHEN (OLD.state = 'settled')
    EXECUTE FUNCTION decision_stays();
