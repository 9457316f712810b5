CREATE OR REPLACE FUNCTION open_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO disbursements_balance (appropriation_id, national)
        VALUES (NEW.id, NEW.source = 'national');
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION refuse_other_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a line of money keeps its agreement, component, year and source'
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER appropriation_keeps_its_line
    BEFORE UPDATE ON disbursements_appropriation
    FOR EACH ROW
    WHEN ((OLD.agreement_id, OLD.component_id, OLD.fiscal_year, OLD.source)
        IS DISTINCT FROM (NEW.agreement_id, NEW.component_id, NEW.fiscal_year, NEW.source))
    EXECUTE FUNCTION refuse_other_line();

CREATE TRIGGER appropriation_opens_balance
    AFTER INSERT ON disbursements_appropriation
    FOR EACH ROW
    EXECUTE FUNCTION open_balance();
