CREATE OR REPLACE FUNCTION enter_batch_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tranche disbursements_tranche%ROWTYPE;
BEGIN
    SELECT * INTO tranche FROM disbursements_tranche WHERE id = NEW.tranche_id FOR UPDATE;
    IF NEW.outcome <> 'open' OR tranche.state <> 'granted'
        OR tranche.granted - tranche.paid <> NEW.won
        OR NOT EXISTS (
            SELECT FROM disbursements_paymentbatch batch, disbursements_appropriation line,
                disbursements_bankaccount account
            WHERE batch.id = NEW.batch_id AND batch.state = 'written'
            AND line.id = tranche.appropriation_id AND line.payer_id = batch.payer_id
            AND account.id = NEW.account_id AND account.organisation_id = line.recipient_id
            AND account.state = 'confirmed'
        ) THEN
        RAISE EXCEPTION 'a batch pays what is unpaid of a granted tranche, to its recipient'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_item_is_payable';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION keep_batch_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    batch_state text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT state INTO batch_state FROM disbursements_paymentbatch WHERE id = NEW.batch_id;
        IF to_jsonb(NEW) - 'outcome' = to_jsonb(OLD) - 'outcome' AND OLD.outcome = 'open'
            AND (batch_state, NEW.outcome) IN
                (('sent', 'paid'), ('sent', 'failed'), ('withdrawn', 'dropped')) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a payment of a batch is answered once and never changes'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'batch_item_stays';
END $$;

CREATE TRIGGER batch_item_is_not_emptied
    BEFORE TRUNCATE ON disbursements_batchitem
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER batch_item_is_payable
    BEFORE INSERT ON disbursements_batchitem
    FOR EACH ROW
    EXECUTE FUNCTION enter_batch_item();

CREATE TRIGGER batch_item_stays
    BEFORE DELETE OR UPDATE ON disbursements_batchitem
    FOR EACH ROW
    EXECUTE FUNCTION keep_batch_item();
