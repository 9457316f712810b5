CREATE OR REPLACE FUNCTION keep_all_but() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION keep_reported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state NOT IN ('', 'draft') FROM agreements_yearlyreport
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.report_id ELSE OLD.report_id END) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION keep_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held agreements_version;
BEGIN
    SELECT * INTO held FROM agreements_version
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
    IF held.state NOT IN ('', 'drafting') AND NOT (
        TG_TABLE_NAME = 'agreements_article' AND TG_OP = 'UPDATE' AND EXISTS (
            SELECT 1 FROM agreements_correction c
            JOIN agreements_correctedarticle a ON a.correction_id = c.id
            WHERE c.version_id = held.id AND c.edition = held.edition AND c.state = 'made'
            AND held.state IN ('consent', 'frozen', 'signing')
            AND to_jsonb(NEW) - ARRAY['heading_ko', 'body_ko', 'heading_en', 'body_en']
              = to_jsonb(OLD) - ARRAY['heading_ko', 'body_ko', 'heading_en', 'body_en']
            AND to_jsonb(NEW)->>'number' = a.number::text
            AND a.after = jsonb_build_array(to_jsonb(NEW)->'heading_ko', to_jsonb(NEW)->'body_ko',
                to_jsonb(NEW)->'heading_en', to_jsonb(NEW)->'body_en')
        )
    ) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.version_id <> OLD.version_id THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION refuse_agreed(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'agreed: % cannot be changed', what USING ERRCODE = 'restrict_violation';
END $$;
