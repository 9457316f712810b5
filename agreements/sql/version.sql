CREATE OR REPLACE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state NOT IN ('', 'drafting') THEN
            PERFORM refuse_agreed(TG_TABLE_NAME);
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state IN ('', 'drafting', 'consent') THEN
        RETURN NEW;
    END IF;
    IF NEW.state <> 'drafting' AND (NEW.agreement_id, NEW.number, NEW.first_year, NEW.last_year,
            NEW.area, NEW.kind, NEW.amendment_id)
        IS DISTINCT FROM (OLD.agreement_id, OLD.number, OLD.first_year, OLD.last_year,
            OLD.area, OLD.kind, OLD.amendment_id) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    IF OLD.state IN ('frozen', 'signing') THEN
        IF (NEW.edition, NEW.digest) IS DISTINCT FROM (OLD.edition, OLD.digest)
            AND NOT (NEW.state = 'drafting' AND NEW.edition = OLD.edition)
            AND NOT (NEW.edition = OLD.edition + 1 AND EXISTS (
                SELECT 1 FROM agreements_correction
                WHERE version_id = OLD.id AND edition = OLD.edition AND state = 'made')) THEN
            PERFORM refuse_agreed(TG_TABLE_NAME);
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.edition, NEW.digest, NEW.resolution, NEW.resolved_on, NEW.in_force_on)
        IS DISTINCT FROM (OLD.edition, OLD.digest, OLD.resolution, OLD.resolved_on, OLD.in_force_on)
        OR NEW.state IN ('', 'drafting', 'consent', 'frozen', 'signing') THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_stays
    BEFORE DELETE OR UPDATE ON agreements_version
    FOR EACH ROW
    EXECUTE FUNCTION keep_version();

CREATE TRIGGER versions_stay
    BEFORE TRUNCATE ON agreements_version
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();
