"""An attachment is never changed but for being removed, and a submitted one never deleted."""

from django.conf import settings
from django.db import migrations, models

UP = """
CREATE FUNCTION keep_attachment() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER attachment_stays BEFORE UPDATE OR DELETE ON projects_attachment
    FOR EACH ROW EXECUTE FUNCTION keep_attachment();
"""
DOWN = """
DROP TRIGGER attachment_stays ON projects_attachment;
DROP FUNCTION keep_attachment();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('projects', '0003_plans_parts_and_papers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(condition=models.Q(('removed', False)), fields=('proposal', 'sha256'), name='attachment_once_in_a_proposal'),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
