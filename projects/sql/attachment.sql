CREATE OR REPLACE FUNCTION keep_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'removed' <> to_jsonb(OLD) - 'removed' THEN
            RAISE EXCEPTION 'an attachment is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF EXISTS (
        SELECT 1 FROM projects_revision WHERE proposal_id = OLD.proposal_id
        AND content @> jsonb_build_object('attachments',
            jsonb_build_array(jsonb_build_object('id', OLD.id)))
    ) THEN
        RAISE EXCEPTION 'a submitted attachment is not deleted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER attachment_stays
    BEFORE DELETE OR UPDATE ON projects_attachment
    FOR EACH ROW
    EXECUTE FUNCTION keep_attachment();
