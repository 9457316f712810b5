CREATE OR REPLACE FUNCTION add_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    pot_won bigint := CASE NEW.stage WHEN 'pooled' THEN NEW.won WHEN 'drawn' THEN -NEW.won END;
BEGIN
    UPDATE disbursements_balance SET
        entries = entries + 1,
        votes = votes + CASE WHEN NEW.stage <> 'voted' THEN 0 WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END,
        requests = requests + CASE WHEN NEW.stage <> 'requested' THEN 0 WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END,
        bills = bills + CASE WHEN NEW.stage <> 'bill' THEN 0 WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END,
        agreed = agreed + CASE WHEN NEW.stage = 'agreed' THEN NEW.won ELSE 0 END,
        requested = requested + CASE WHEN NEW.stage = 'requested' THEN NEW.won ELSE 0 END,
        bill = bill + CASE WHEN NEW.stage = 'bill' THEN NEW.won ELSE 0 END,
        voted = voted + CASE WHEN NEW.stage = 'voted' THEN NEW.won ELSE 0 END,
        provisional = provisional + CASE WHEN NEW.stage = 'provisional' THEN NEW.won ELSE 0 END,
        final = final + CASE WHEN NEW.stage = 'final' THEN NEW.won ELSE 0 END,
        carried_in = carried_in + CASE WHEN NEW.stage = 'carried_in' THEN NEW.won ELSE 0 END,
        pooled = pooled + CASE WHEN NEW.stage = 'pooled' THEN NEW.won ELSE 0 END,
        drawn = drawn + CASE WHEN NEW.stage = 'drawn' THEN NEW.won ELSE 0 END,
        revoked = revoked + CASE WHEN NEW.stage = 'revoked' THEN NEW.won ELSE 0 END,
        paid = paid + CASE WHEN NEW.stage = 'paid' THEN NEW.won ELSE 0 END,
        interest = interest + CASE WHEN NEW.stage = 'interest' THEN NEW.won ELSE 0 END,
        contracted = contracted + CASE WHEN NEW.stage = 'contracted' THEN NEW.won ELSE 0 END,
        executed = executed + CASE WHEN NEW.stage = 'executed' THEN NEW.won ELSE 0 END,
        carried_out = carried_out + CASE WHEN NEW.stage = 'carried_out' THEN NEW.won ELSE 0 END,
        lapsed = lapsed + CASE WHEN NEW.stage = 'lapsed' THEN NEW.won ELSE 0 END,
        returned = returned + CASE WHEN NEW.stage = 'returned' THEN NEW.won ELSE 0 END,
        granted = granted + CASE NEW.stage WHEN 'granted' THEN NEW.won WHEN 'revoked' THEN -NEW.won ELSE 0 END,
        accident_in = accident_in + CASE WHEN NEW.stage = 'carried_in' AND NEW.carry_kind = 'accident' THEN NEW.won ELSE 0 END,
        accident_out = accident_out + CASE WHEN NEW.stage = 'carried_out' AND NEW.carry_kind = 'accident' THEN NEW.won ELSE 0 END,
        in_appropriation = in_appropriation + CASE WHEN NEW.enters = 'appropriation' THEN NEW.won ELSE 0 END - CASE WHEN NEW.leaves = 'appropriation' THEN NEW.won ELSE 0 END,
        in_grant = in_grant + CASE WHEN NEW.enters = 'grant' THEN NEW.won ELSE 0 END - CASE WHEN NEW.leaves = 'grant' THEN NEW.won ELSE 0 END,
        in_treasury = in_treasury + CASE WHEN NEW.enters = 'treasury' THEN NEW.won ELSE 0 END - CASE WHEN NEW.leaves = 'treasury' THEN NEW.won ELSE 0 END,
        applied = applied + CASE WHEN NEW.stage = 'applied' THEN NEW.won ELSE 0 END,
        applications = applications + CASE WHEN NEW.stage <> 'applied' THEN 0 WHEN NEW.mends_id IS NULL THEN 1 ELSE -1 END,
        unreported_since = CASE
            WHEN NEW.stage = 'executed' AND NEW.mends_id IS NULL
                THEN greatest(unreported_since, NEW.as_of + 1)
            WHEN NEW.stage = 'executed' THEN unreported_since_of(NEW.appropriation_id)
            WHEN in_treasury = 0 AND 'treasury' IN (NEW.leaves, NEW.enters)
                THEN greatest(unreported_since, NEW.as_of)
            ELSE unreported_since END
        WHERE appropriation_id = NEW.appropriation_id;
    IF pot_won IS NOT NULL THEN
        INSERT INTO disbursements_pot AS pot (agreement_id, won)
            SELECT agreement_id, 0 FROM disbursements_appropriation
                WHERE id = NEW.appropriation_id
            ON CONFLICT DO NOTHING;
        UPDATE disbursements_pot SET won = won + pot_won WHERE agreement_id = (
            SELECT agreement_id FROM disbursements_appropriation WHERE id = NEW.appropriation_id);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION add_entry_to_tranche() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE disbursements_tranche SET
        granted = granted + CASE NEW.stage WHEN 'granted' THEN NEW.won
            WHEN 'revoked' THEN -NEW.won ELSE 0 END,
        paid = paid + CASE WHEN NEW.stage = 'paid' THEN NEW.won ELSE 0 END
        WHERE id = NEW.tranche_id AND appropriation_id = NEW.appropriation_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'an entry names a tranche of its own line'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_tranche_is_of_its_line';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION carried_is_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT sum(b.carried_out - b.carried_in) FROM disbursements_appropriation line
            JOIN disbursements_appropriation other ON (other.agreement_id, other.component_id,
                other.source) = (line.agreement_id, line.component_id, line.source)
            JOIN disbursements_balance b ON b.appropriation_id = other.id
            WHERE line.id = NEW.appropriation_id
    ) <> 0 THEN
        RAISE EXCEPTION 'what is carried out comes in the year after'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_carried_out_comes_in';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION mends_exactly() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM disbursements_entry e WHERE e.id = NEW.mends_id AND e.stage = NEW.stage
            AND e.appropriation_id = NEW.appropriation_id AND e.won = -NEW.won
            AND e.leaves = NEW.leaves AND e.enters = NEW.enters AND e.carry_kind = NEW.carry_kind
            AND e.tranche_id IS NOT DISTINCT FROM NEW.tranche_id AND e.mends_id IS NULL
    ) THEN
        RAISE EXCEPTION 'an entry is corrected by its exact opposite'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_mends_exactly';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION promise_stays_above_paid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line disbursements_balance%ROWTYPE;
BEGIN
    SELECT * INTO line FROM disbursements_balance
        WHERE appropriation_id = NEW.appropriation_id FOR UPDATE;
    IF line.national AND line.agreed + NEW.won < least(line.paid, -NEW.won) THEN
        RAISE EXCEPTION 'what is paid cannot be amended away'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_promises_what_is_paid';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION takes_its_road() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    on_national boolean := (
        SELECT national FROM disbursements_balance WHERE appropriation_id = NEW.appropriation_id);
BEGIN
    IF (CASE WHEN on_national
        THEN NEW.stage IN ('voted', 'lapsed') AND 'treasury' IN (NEW.leaves, NEW.enters)
        ELSE 'appropriation' IN (NEW.leaves, NEW.enters) OR 'grant' IN (NEW.leaves, NEW.enters)
    END) THEN
        RAISE EXCEPTION 'money of this source goes another way'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_takes_the_road_of_its_source';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION treasury_stays_as_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM disbursements_settlement s WHERE s.appropriation_id = NEW.appropriation_id
            AND s.state IN ('accepted', 'settled')
    ) THEN
        RAISE EXCEPTION 'the settlement is accepted: the money in the treasury stays as settled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_keeps_what_is_settled';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION twin_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM disbursements_entry e
            JOIN disbursements_appropriation was ON was.id = e.appropriation_id
            JOIN disbursements_appropriation now ON now.id = NEW.appropriation_id
            WHERE e.id = NEW.twin_id AND e.stage = 'carried_out' AND e.won = NEW.won
            AND e.carry_kind = NEW.carry_kind AND e.leaves = NEW.enters
            AND now.fiscal_year = was.fiscal_year + 1
            AND (now.agreement_id, now.component_id, now.source)
              = (was.agreement_id, was.component_id, was.source)
    ) THEN
        RAISE EXCEPTION 'what is carried in was carried out the year before'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_twin_fits';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION unreported_since_of(line bigint)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $$
    SELECT max(CASE
        WHEN stage = 'executed' AND mends_id IS NULL THEN
            CASE WHEN NOT EXISTS (SELECT FROM disbursements_entry m WHERE m.mends_id = entry.id)
                THEN as_of + 1 END
        WHEN treasury_before = 0 AND 'treasury' IN (leaves, enters) THEN as_of END)
    FROM (
        SELECT *, coalesce(sum(CASE 'treasury' WHEN enters THEN won WHEN leaves THEN -won ELSE 0 END)
            OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS treasury_before
        FROM disbursements_entry WHERE appropriation_id = line
    ) entry
$$;

CREATE OR REPLACE FUNCTION wait_for_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM disbursements_tranche WHERE id = NEW.tranche_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM disbursements_batchitem WHERE tranche_id = NEW.tranche_id AND outcome = 'open'
    ) THEN
        RAISE EXCEPTION 'this tranche is on its way to the bank'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_waits_for_its_batch';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER disbursements_entry_rows_stay
    BEFORE DELETE OR UPDATE ON disbursements_entry
    FOR EACH ROW
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER disbursements_entry_stays
    BEFORE TRUNCATE ON disbursements_entry
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_adds_to_balance
    AFTER INSERT ON disbursements_entry
    FOR EACH ROW
    EXECUTE FUNCTION add_entry();

CREATE TRIGGER entry_adds_to_tranche
    AFTER INSERT ON disbursements_entry
    FOR EACH ROW
    WHEN (NEW.tranche_id IS NOT NULL)
    EXECUTE FUNCTION add_entry_to_tranche();

CREATE CONSTRAINT TRIGGER entry_carried_out_comes_in
    AFTER INSERT ON disbursements_entry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    WHEN (NEW.stage IN ('carried_in', 'carried_out'))
    EXECUTE FUNCTION carried_is_zero();

CREATE TRIGGER entry_keeps_what_is_settled
    BEFORE INSERT ON disbursements_entry
    FOR EACH ROW
    WHEN ('treasury' IN (NEW.leaves, NEW.enters) AND NEW.stage NOT IN ('interest', 'returned'))
    EXECUTE FUNCTION treasury_stays_as_settled();

CREATE TRIGGER entry_mends_exactly
    BEFORE INSERT ON disbursements_entry
    FOR EACH ROW
    WHEN (NEW.mends_id IS NOT NULL)
    EXECUTE FUNCTION mends_exactly();

CREATE TRIGGER entry_promises_what_is_paid
    BEFORE INSERT ON disbursements_entry
    FOR EACH ROW
    WHEN (NEW.stage = 'agreed' AND NEW.won < 0)
    EXECUTE FUNCTION promise_stays_above_paid();

CREATE TRIGGER entry_takes_the_road_of_its_source
    BEFORE INSERT ON disbursements_entry
    FOR EACH ROW
    EXECUTE FUNCTION takes_its_road();

CREATE TRIGGER entry_twin_fits
    BEFORE INSERT ON disbursements_entry
    FOR EACH ROW
    WHEN (NEW.twin_id IS NOT NULL)
    EXECUTE FUNCTION twin_fits();

CREATE TRIGGER entry_waits_for_its_batch
    BEFORE INSERT ON disbursements_entry
    FOR EACH ROW
    WHEN (NEW.stage IN ('paid', 'revoked'))
    EXECUTE FUNCTION wait_for_batch();
