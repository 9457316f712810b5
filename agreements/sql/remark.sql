CREATE OR REPLACE FUNCTION keep_remark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'remarks stay' USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT state INTO held FROM agreements_version WHERE id = NEW.version_id;
    IF TG_OP = 'INSERT' AND NOT (held = 'drafting'
        AND EXISTS (SELECT 1 FROM agreements_article
            WHERE id = NEW.article_id AND version_id = NEW.version_id)
        AND EXISTS (SELECT 1 FROM agreements_party
            WHERE version_id = NEW.version_id AND organisation_id = NEW.organisation_id)) THEN
        RAISE EXCEPTION 'a party remarks on an article of a draft' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        to_jsonb(NEW) - ARRAY['state', 'answer', 'settled_by_id', 'due_on', 'moves_made',
            'changed_at', 'article_id']
        IS DISTINCT FROM to_jsonb(OLD) - ARRAY['state', 'answer', 'settled_by_id', 'due_on',
            'moves_made', 'changed_at', 'article_id']
        OR NEW.article_id IS DISTINCT FROM OLD.article_id AND NEW.article_id IS NOT NULL
        OR (OLD.state <> 'open' OR held <> 'drafting')
            AND to_jsonb(NEW) - 'article_id' IS DISTINCT FROM to_jsonb(OLD) - 'article_id') THEN
        RAISE EXCEPTION 'remarks stay' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER remark_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_remark
    FOR EACH ROW
    EXECUTE FUNCTION keep_remark();
