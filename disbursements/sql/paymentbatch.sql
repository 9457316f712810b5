CREATE OR REPLACE FUNCTION keep_payment_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'moves_made', 'changed_at'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.state = 'done' AND OLD.state <> 'done' AND EXISTS (
            SELECT FROM disbursements_batchitem WHERE batch_id = NEW.id AND outcome = 'open'
        ) THEN
            RAISE EXCEPTION 'a batch is done when every payment is answered'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_batch_done_is_whole';
        END IF;
        IF OLD.state = 'written' AND NEW.state = 'sent' THEN
            moving := moving || ARRAY['sent_by_id', 'sent_on'];
        END IF;
        IF to_jsonb(NEW) - moving = to_jsonb(OLD) - moving AND (NEW.state = OLD.state
            OR (OLD.state, NEW.state) IN (('written', 'sent'), ('written', 'withdrawn'), ('sent', 'done')))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a payment batch stays as it was put together'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_batch_stays';
END $$;

CREATE TRIGGER payment_batch_is_not_emptied
    BEFORE TRUNCATE ON disbursements_paymentbatch
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER payment_batch_stays
    BEFORE DELETE OR UPDATE ON disbursements_paymentbatch
    FOR EACH ROW
    EXECUTE FUNCTION keep_payment_batch();
