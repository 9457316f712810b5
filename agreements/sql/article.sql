CREATE OR REPLACE FUNCTION number_articles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
    IF (SELECT count(*) <> coalesce(max(number), 0) OR min(number) < 1
        FROM agreements_article WHERE version_id = owner) THEN
        RAISE EXCEPTION 'articles are numbered without gaps' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER article_stays
    BEFORE INSERT OR DELETE OR UPDATE ON agreements_article
    FOR EACH ROW
    EXECUTE FUNCTION keep_text();

CREATE TRIGGER articles_stay
    BEFORE TRUNCATE ON agreements_article
    FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change();

CREATE CONSTRAINT TRIGGER articles_without_gaps
    AFTER INSERT OR DELETE OR UPDATE OF number ON agreements_article
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW
    EXECUTE FUNCTION number_articles();
