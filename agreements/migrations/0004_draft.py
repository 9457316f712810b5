"""Templates of articles, remarks of the parties, and stances clause by clause."""

import django.db.models.constraints
import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models

GUARDS = """
-- Articles are numbered 1, 2, 3 … whenever a move is complete.
CREATE FUNCTION number_articles() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
BEGIN
    IF (SELECT count(*) <> coalesce(max(number), 0) OR min(number) < 1
        FROM agreements_article WHERE version_id = owner) THEN
        RAISE EXCEPTION 'articles are numbered without gaps' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER articles_without_gaps
    AFTER INSERT OR UPDATE OF number OR DELETE ON agreements_article
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION number_articles();

-- A party speaks while the text is drafted; what it said and what was answered stays.
CREATE FUNCTION keep_remark() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER remark_stays BEFORE INSERT OR UPDATE OR DELETE ON agreements_remark
    FOR EACH ROW EXECUTE FUNCTION keep_remark();

-- A stance is taken on a circulated text; later it only ceases to stand.
CREATE FUNCTION keep_stance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT v.state INTO held FROM agreements_version v JOIN agreements_party p
        ON p.version_id = v.id
        WHERE p.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.party_id ELSE OLD.party_id END;
    IF held = 'consent' OR TG_OP = 'DELETE' AND coalesce(held, '') IN ('', 'drafting')
        OR TG_OP = 'UPDATE' AND NOT NEW.stands
            AND to_jsonb(NEW) - 'stands' = to_jsonb(OLD) - 'stands' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'a stance is taken while the text waits for consent' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER stance_stays BEFORE INSERT OR UPDATE OR DELETE ON agreements_stance
    FOR EACH ROW EXECUTE FUNCTION keep_stance();
"""

GUARDS_DOWN = """
DROP FUNCTION keep_stance() CASCADE;
DROP FUNCTION keep_remark() CASCADE;
DROP FUNCTION number_articles() CASCADE;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_deputies'),
        ('agreements', '0003_sign'),
        ('projects', '0014_sign_terms'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('heading', models.CharField(editable=False, max_length=120)),
                ('text', models.TextField(verbose_name='remark')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('written_on', models.DateField(default=foundation.clock.today, editable=False)),
                ('due_on', models.DateField(editable=False, null=True, verbose_name='due on')),
                ('state', models.CharField(choices=[('open', 'waiting for an answer'), ('settled', 'answered'), ('withdrawn', 'taken back')], default='', editable=False, max_length=20)),
            ],
            options={
                'verbose_name': 'remark',
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='article')),
                ('digest', models.CharField(max_length=64)),
                ('agrees', models.BooleanField(verbose_name='agrees')),
                ('remark', models.TextField(blank=True, verbose_name='remark')),
                ('stands', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'stance on an article',
            },
        ),
        migrations.CreateModel(
            name='Template',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('state', models.CharField(choices=[('written', 'written')], default='', editable=False, max_length=20)),
            ],
            options={
                'verbose_name': 'template of articles',
            },
        ),
        migrations.CreateModel(
            name='TemplateArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('heading_ko', models.CharField(max_length=100, verbose_name='heading in Korean')),
                ('body_ko', models.TextField(verbose_name='text in Korean')),
                ('heading_en', models.CharField(blank=True, max_length=100, verbose_name='heading in English')),
                ('body_en', models.TextField(blank=True, verbose_name='text in English')),
            ],
            options={
                'verbose_name': 'article of a template',
            },
        ),
        migrations.RemoveConstraint(
            model_name='article',
            name='article_number_once',
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('version', 'number'), name='article_number_once'),
        ),
        migrations.AddField(
            model_name='remark',
            name='article',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='remarks', to='agreements.article'),
        ),
        migrations.AddField(
            model_name='remark',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='accounts.organisation', verbose_name='for which party'),
        ),
        migrations.AddField(
            model_name='remark',
            name='settled_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='agreements.version'),
        ),
        migrations.AddField(
            model_name='remark',
            name='written_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='stance',
            name='party',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stances', to='agreements.party'),
        ),
        migrations.AddField(
            model_name='template',
            name='call',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='template', to='projects.call'),
        ),
        migrations.AddField(
            model_name='templatearticle',
            name='template',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='agreements.template'),
        ),
        migrations.AddIndex(
            model_name='remark',
            index=models.Index(fields=['state', 'due_on', 'id'], name='remark_due'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='remark_says_something'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('settled_by__isnull', False)), _connector='OR'), name='remark_settled_has_an_answer'),
        ),
        migrations.AddConstraint(
            model_name='remark',
            constraint=models.CheckConstraint(condition=models.Q(('settled_by', None), models.Q(('settled_by', models.F('written_by')), _negated=True), _connector='OR'), name='remark_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('party', 'number'), name='stance_once'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('agrees', True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='stance_objection_has_a_remark'),
        ),
        migrations.AddConstraint(
            model_name='templatearticle',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('template', 'number'), name='template_article_number_once'),
        ),
        migrations.AddConstraint(
            model_name='templatearticle',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heading_ko', ''), _negated=True), models.Q(('body_ko', ''), _negated=True)), name='template_article_is_in_korean'),
        ),
        migrations.RunSQL(GUARDS, GUARDS_DOWN),
    ]
