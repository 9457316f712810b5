"""The document of an agreement, its signatures, and what the database never lets change."""

import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models

from foundation.append_only import append_only

GUARDS = """
CREATE FUNCTION refuse_agreed(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'agreed: % cannot be changed', what USING ERRCODE = 'restrict_violation';
END $$;

-- Articles and schedule change while the version is drafted, and by a correction all confirmed.
CREATE FUNCTION keep_text() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER article_stays BEFORE INSERT OR UPDATE OR DELETE ON agreements_article
    FOR EACH ROW EXECUTE FUNCTION keep_text();
CREATE TRIGGER schedule_stays BEFORE INSERT OR UPDATE OR DELETE ON agreements_scheduleline
    FOR EACH ROW EXECUTE FUNCTION keep_text();
CREATE TRIGGER articles_stay BEFORE TRUNCATE ON agreements_article
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER schedules_stay BEFORE TRUNCATE ON agreements_scheduleline
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who is a party, and by which name, is part of the text; names are written when it freezes.
CREATE FUNCTION keep_party() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    SELECT state INTO held FROM agreements_version
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
    IF held IN ('', 'drafting') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    IF (NEW.version_id, NEW.organisation_id, NEW.role, NEW.position)
        IS DISTINCT FROM (OLD.version_id, OLD.organisation_id, OLD.role, OLD.position)
        OR held <> 'consent' AND (NEW.name_ko, NEW.name_en) IS DISTINCT FROM (OLD.name_ko, OLD.name_en)
        OR held NOT IN ('consent', 'frozen', 'signing', 'dropped')
            AND NEW.state IS DISTINCT FROM OLD.state THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER party_stays BEFORE INSERT OR UPDATE OR DELETE ON agreements_party
    FOR EACH ROW EXECUTE FUNCTION keep_party();
CREATE TRIGGER parties_stay BEFORE TRUNCATE ON agreements_party
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a version says of itself: fixed once frozen, but for a return to drafting or a correction.
CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE ON agreements_version
    FOR EACH ROW EXECUTE FUNCTION keep_version();
CREATE TRIGGER versions_stay BEFORE TRUNCATE ON agreements_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The number and title stand in the text.
CREATE FUNCTION keep_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM agreements_version WHERE agreement_id = OLD.id
               AND state NOT IN ('', 'drafting'))
        AND (TG_OP = 'DELETE' OR (NEW.number, NEW.title, NEW.proposal_id)
            IS DISTINCT FROM (OLD.number, OLD.title, OLD.proposal_id)) THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER agreement_stays BEFORE UPDATE OR DELETE ON agreements_agreement
    FOR EACH ROW EXECUTE FUNCTION keep_agreement();

-- A document follows from the one before: the same bytes in front, one signature more.
CREATE FUNCTION follow_deed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held agreements_version;
BEGIN
    SELECT * INTO held FROM agreements_version WHERE id = NEW.version_id;
    IF held.state NOT IN ('frozen', 'signing')
        OR (NEW.edition, NEW.digest) IS DISTINCT FROM (held.edition, held.digest)
        OR NEW.size <> length(NEW.pdf) OR NEW.sha256 <> encode(sha256(NEW.pdf), 'hex')
        OR NEW.number > 0 AND NOT EXISTS (
            SELECT 1 FROM agreements_deed d
            WHERE d.version_id = NEW.version_id AND d.edition = NEW.edition
            AND d.number = NEW.number - 1 AND substring(NEW.pdf FROM 1 FOR d.size) = d.pdf) THEN
        RAISE EXCEPTION 'a document follows from the one before it and from the frozen text'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'deed_follows';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deed_follows BEFORE INSERT ON agreements_deed
    FOR EACH ROW EXECUTE FUNCTION follow_deed();

-- A signature is given to the text as it stands, in a document of it.
CREATE FUNCTION bind_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM agreements_party p JOIN agreements_version v ON v.id = p.version_id
        LEFT JOIN agreements_deed d ON d.id = NEW.deed_id
        LEFT JOIN agreements_papersignature s ON s.id = NEW.paper_id
        WHERE p.id = NEW.party_id AND v.state = 'signing' AND v.digest = NEW.digest
        AND NEW.kind <> 'before'
        AND (NEW.deed_id IS NULL OR (d.version_id = v.id AND d.edition = v.edition AND d.number > 0))
        AND (NEW.paper_id IS NULL OR (s.party_id = p.id AND s.digest = v.digest
            AND s.state = 'confirmed'))
    ) THEN
        RAISE EXCEPTION 'a signature binds to the text as it stands'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'signature_binds';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signature_binds BEFORE INSERT ON agreements_signature
    FOR EACH ROW EXECUTE FUNCTION bind_signature();

-- Nothing is promised that does not stand in the schedule of a version in force.
CREATE FUNCTION bind_commitment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM agreements_scheduleline l JOIN agreements_version v ON v.id = l.version_id
        WHERE v.id = NEW.version_id AND v.state = 'in_force'
        AND (l.component_id, l.fiscal_year, l.source, l.won)
          = (NEW.component_id, NEW.fiscal_year, NEW.source, NEW.won)
    ) THEN
        RAISE EXCEPTION 'a commitment stands in the schedule of its version'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_is_agreed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER commitment_is_agreed BEFORE INSERT ON agreements_commitment
    FOR EACH ROW EXECUTE FUNCTION bind_commitment();

-- Rows that keep all but the columns named: scans, delegations, corrections, keys.
CREATE FUNCTION keep_all_but() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - TG_ARGV <> to_jsonb(OLD) - TG_ARGV THEN
        PERFORM refuse_agreed(TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_stays BEFORE UPDATE OR DELETE ON agreements_papersignature FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('state', 'moves_made', 'changed_at', 'confirmed_by_id');
CREATE TRIGGER delegation_stays BEFORE UPDATE OR DELETE ON agreements_delegation FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('state', 'moves_made', 'changed_at', 'revoked_by_id');
CREATE TRIGGER correction_stays BEFORE UPDATE OR DELETE ON agreements_correction FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('state', 'moves_made', 'changed_at');
CREATE TRIGGER signing_key_stays BEFORE UPDATE OR DELETE ON agreements_signingkey FOR EACH ROW
    EXECUTE FUNCTION keep_all_but('retired_at');
"""
UNGUARD = """
DROP FUNCTION keep_all_but() CASCADE;
DROP FUNCTION bind_commitment() CASCADE;
DROP FUNCTION bind_signature() CASCADE;
DROP FUNCTION follow_deed() CASCADE;
DROP FUNCTION keep_agreement() CASCADE;
DROP FUNCTION keep_version() CASCADE;
DROP FUNCTION keep_party() CASCADE;
DROP FUNCTION keep_text() CASCADE;
DROP TRIGGER articles_stay ON agreements_article;
DROP TRIGGER schedules_stay ON agreements_scheduleline;
DROP TRIGGER parties_stay ON agreements_party;
DROP TRIGGER versions_stay ON agreements_version;
DROP FUNCTION refuse_agreed(text);
"""



class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('agreements', '0002_amend'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pkcs12', models.BinaryField()),
                ('salt', models.BinaryField()),
                ('certificate', models.BinaryField()),
                ('subject', models.CharField(editable=False, max_length=300, verbose_name='subject of the certificate')),
                ('serial', models.CharField(editable=False, max_length=60, verbose_name='serial number')),
                ('fingerprint', models.CharField(editable=False, max_length=64, unique=True, verbose_name='SHA-256')),
                ('valid_from', models.DateTimeField(editable=False, verbose_name='valid from')),
                ('valid_until', models.DateTimeField(editable=False, verbose_name='valid until')),
                ('entered_at', models.DateTimeField(default=foundation.clock.now, editable=False, verbose_name='entered')),
                ('retired_at', models.DateTimeField(editable=False, null=True, verbose_name='retired')),
            ],
            options={
                'verbose_name': 'signing key',
                'verbose_name_plural': 'signing keys',
            },
        ),
        migrations.AddField(
            model_name='signature',
            name='fingerprint',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='signature',
            name='kind',
            field=models.CharField(choices=[('platform', 'signed here'), ('elsewhere', 'signed with software of its own'), ('paper', 'signed on paper'), ('before', 'recorded before documents were signed')], default='before', max_length=20, verbose_name='kind'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='party',
            name='role',
            field=models.CharField(choices=[('lead_ministry', 'lead ministry'), ('ministry', 'participating ministry'), ('province', 'province'), ('municipality', 'municipality'), ('leaving', 'leaving party'), ('coordination', 'coordination body')], max_length=20, verbose_name='role'),
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('edition', models.PositiveSmallIntegerField(editable=False, verbose_name='edition')),
                ('reason', models.TextField(max_length=2000, verbose_name='why it is not material')),
                ('state', models.CharField(choices=[('proposed', 'waits for the parties'), ('made', 'made'), ('refused', 'turned down'), ('lapsed', 'lapsed')], default='', editable=False, max_length=20)),
                ('proposed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='agreements.version')),
            ],
            options={
                'verbose_name': 'correction',
            },
        ),
        migrations.CreateModel(
            name='CorrectedArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='agreements.correction')),
            ],
            options={
                'verbose_name': 'corrected article',
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('signs_anew', models.BooleanField(default=False, editable=False)),
                ('due_on', models.DateField(editable=False, verbose_name='due on')),
                ('state', models.CharField(choices=[('asked', 'asked'), ('confirmed', 'confirmed'), ('refused', 'turned down'), ('lapsed', 'lapsed')], default='', editable=False, max_length=20)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='agreements.party')),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='agreements.correction')),
            ],
            options={
                'verbose_name': 'confirmation of a correction',
            },
        ),
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='edition')),
                ('number', models.PositiveSmallIntegerField(verbose_name='signatures')),
                ('digest', models.CharField(max_length=64)),
                ('text', models.JSONField(null=True)),
                ('pdf', models.BinaryField()),
                ('size', models.PositiveIntegerField(verbose_name='size in bytes')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=foundation.clock.now)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='agreements.version')),
            ],
            options={
                'verbose_name': 'document',
            },
        ),
        migrations.AddField(
            model_name='signature',
            name='deed',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='agreements.deed'),
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('office', models.CharField(max_length=100, verbose_name='office of the delegate')),
                ('authority', models.CharField(help_text='The rule or document by which it is delegated, with its number.', max_length=200, verbose_name='authority')),
                ('since', models.DateField(default=foundation.clock.today, verbose_name='valid from')),
                ('until', models.DateField(verbose_name='valid until')),
                ('state', models.CharField(choices=[('granted', 'granted'), ('revoked', 'revoked')], default='', editable=False, max_length=20)),
                ('granted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='accounts.organisation', verbose_name='organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to=settings.AUTH_USER_MODEL, verbose_name='delegate')),
                ('revoked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'delegation',
            },
        ),
        migrations.AddField(
            model_name='signature',
            name='delegation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.delegation'),
        ),
        migrations.CreateModel(
            name='PaperSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('signatory', models.CharField(max_length=100, verbose_name='signatory')),
                ('office', models.CharField(max_length=100, verbose_name='office')),
                ('authority', models.CharField(max_length=200, verbose_name='authority')),
                ('document_number', models.CharField(max_length=100, verbose_name='document number')),
                ('signed_on', models.DateField(verbose_name='signed on')),
                ('scan', models.BinaryField()),
                ('name', models.CharField(editable=False, max_length=200, verbose_name='name of the file')),
                ('media_type', models.CharField(editable=False, max_length=100)),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('state', models.CharField(choices=[('entered', 'waits to be confirmed'), ('confirmed', 'confirmed'), ('refused', 'turned down')], default='', editable=False, max_length=20)),
                ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='agreements.party')),
            ],
            options={
                'verbose_name': 'signature on paper',
            },
        ),
        migrations.AddField(
            model_name='signature',
            name='paper',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signature', to='agreements.papersignature'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deed__isnull', False), ('kind__in', ['platform', 'elsewhere']), ('paper', None), models.Q(('fingerprint', ''), _negated=True)), models.Q(('deed', None), ('fingerprint', ''), ('kind', 'paper'), ('paper__isnull', False)), models.Q(('deed', None), ('kind', 'before'), ('paper', None)), _connector='OR'), name='signature_has_its_proof'),
        ),
        migrations.AddField(
            model_name='signingkey',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signing_keys', to='accounts.organisation', verbose_name='organisation'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('version',), name='correction_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='correctedarticle',
            constraint=models.UniqueConstraint(fields=('correction', 'number'), name='corrected_article_once'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(fields=['state', 'due_on', 'id'], name='confirmation_due'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('correction', 'party'), name='confirmation_once'),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.UniqueConstraint(fields=('version', 'edition', 'number'), name='deed_number_once'),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', 0), ('text__isnull', False)), models.Q(('number__gt', 0), ('text', None)), _connector='OR'), name='deed_begins_with_its_text'),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(fields=['person', 'state'], name='delegation_of_person'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='delegation_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('granted_by', None), models.Q(('person', models.F('granted_by')), _negated=True), _connector='OR'), name='delegation_four_eyes'),
        ),
        migrations.AddIndex(
            model_name='papersignature',
            index=models.Index(fields=['state', 'id'], name='paper_by_state'),
        ),
        migrations.AddConstraint(
            model_name='papersignature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('entered_by')), _negated=True)), _connector='OR'), name='paper_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='papersignature',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'entered')), fields=('party',), name='paper_one_waits'),
        ),
        migrations.AddConstraint(
            model_name='signingkey',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('organisation',), name='signing_key_one_active'),
        ),
        append_only("agreements_deed"),
        append_only("agreements_correctedarticle"),
        migrations.RunSQL(GUARDS, UNGUARD),
    ]
