"""Issues with their sides and options; sessions with members and agenda; triggers keep both."""

import django.db.models.constraints
import django.db.models.deletion
import foundation.clock
from django.conf import settings
from django.db import migrations, models

ISSUES_UP = """
CREATE FUNCTION keep_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('decided', 'withdrawn', 'lapsed') THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.chosen_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_issueoption WHERE id = NEW.chosen_id AND issue_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'an option of another issue' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER issue_stays BEFORE INSERT OR UPDATE OR DELETE ON projects_issue
    FOR EACH ROW EXECUTE FUNCTION keep_issue();

CREATE FUNCTION keep_issue_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'an option is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT state FROM projects_issue WHERE id = NEW.issue_id) <> 'open' THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER issue_option_stays BEFORE INSERT OR UPDATE OR DELETE ON projects_issueoption
    FOR EACH ROW EXECUTE FUNCTION keep_issue_option();

CREATE FUNCTION keep_issue_side() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_open boolean;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('heard', 'silent') THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    is_open := (SELECT state FROM projects_issue WHERE id = NEW.issue_id) = 'open';
    IF NOT is_open AND (TG_OP = 'INSERT' OR
        (NEW.position, NEW.favours_id, NEW.written_by_id, NEW.written_at)
        IS DISTINCT FROM (OLD.position, OLD.favours_id, OLD.written_by_id, OLD.written_at)
    ) THEN
        RAISE EXCEPTION 'a closed issue does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.favours_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_issueoption WHERE id = NEW.favours_id AND issue_id = NEW.issue_id
    ) THEN
        RAISE EXCEPTION 'an option of another issue' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER issue_side_stays BEFORE INSERT OR UPDATE OR DELETE ON projects_issueside
    FOR EACH ROW EXECUTE FUNCTION keep_issue_side();
"""
ISSUES_DOWN = """
DROP TRIGGER issue_stays ON projects_issue;
DROP TRIGGER issue_option_stays ON projects_issueoption;
DROP TRIGGER issue_side_stays ON projects_issueside;
DROP FUNCTION keep_issue();
DROP FUNCTION keep_issue_option();
DROP FUNCTION keep_issue_side();
"""

SESSIONS_UP = """
CREATE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.state IN ('held', 'cancelled') THEN
        RAISE EXCEPTION 'a session that is over does not change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.supplements_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM projects_session
        WHERE id = NEW.supplements_id AND id <> NEW.id AND call_id = NEW.call_id AND state = 'held'
    ) THEN
        RAISE EXCEPTION 'it supplements no held session of its call'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER session_stays BEFORE INSERT OR UPDATE OR DELETE ON projects_session
    FOR EACH ROW EXECUTE FUNCTION keep_session();

CREATE FUNCTION keep_agenda_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    session record;
BEGIN
    SELECT * INTO session FROM projects_session
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END;
    IF TG_OP = 'DELETE' AND session.state = 'planned' THEN RETURN OLD; END IF;
    IF TG_OP <> 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM projects_proposal WHERE id = NEW.proposal_id AND call_id = session.call_id
    ) THEN
        RAISE EXCEPTION 'a proposal of another call' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'DELETE' AND session.state = 'planned' AND NEW.outcome = '' AND
        (TG_OP = 'INSERT' OR NEW.session_id = OLD.session_id) THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND session.state = 'held' AND OLD.outcome = '' AND NEW.outcome <> '' AND
        (NEW.session_id, NEW.proposal_id) = (OLD.session_id, OLD.proposal_id) THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the record of a session does not change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER agenda_item_stays BEFORE INSERT OR UPDATE OR DELETE ON projects_agendaitem
    FOR EACH ROW EXECUTE FUNCTION keep_agenda_item();

CREATE FUNCTION keep_session_member() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over text;
BEGIN
    over := (SELECT state FROM projects_session
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END);
    IF TG_OP = 'DELETE' AND over = 'planned' THEN RETURN OLD; END IF;
    IF TG_OP <> 'DELETE' AND over = 'planned' AND NEW.attended IS NULL AND
        (TG_OP = 'INSERT' OR NEW.session_id = OLD.session_id) THEN RETURN NEW; END IF;
    IF TG_OP = 'UPDATE' AND over = 'held' AND OLD.attended IS NULL AND NEW.attended IS NOT NULL
        AND to_jsonb(NEW) - 'attended' = to_jsonb(OLD) - 'attended' THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the record of a session does not change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER session_member_stays BEFORE INSERT OR UPDATE OR DELETE ON projects_sessionmember
    FOR EACH ROW EXECUTE FUNCTION keep_session_member();

CREATE FUNCTION whole_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM projects_agendaitem WHERE session_id = NEW.id)
        OR EXISTS (SELECT 1 FROM projects_agendaitem WHERE session_id = NEW.id AND outcome = '')
        OR NOT EXISTS (SELECT 1 FROM projects_sessionmember WHERE session_id = NEW.id AND attended)
        OR EXISTS (SELECT 1 FROM projects_sessionmember
            WHERE session_id = NEW.id AND attended IS NULL)
        OR (SELECT count(*) FROM projects_sessionmember
            WHERE session_id = NEW.id AND role = 'chair') > 1
    THEN
        RAISE EXCEPTION 'a held session has results, members who attended and one chair'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER session_is_whole AFTER INSERT OR UPDATE ON projects_session
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'held')
    EXECUTE FUNCTION whole_session();
"""
SESSIONS_DOWN = """
DROP TRIGGER session_is_whole ON projects_session;
DROP TRIGGER session_stays ON projects_session;
DROP TRIGGER agenda_item_stays ON projects_agendaitem;
DROP TRIGGER session_member_stays ON projects_sessionmember;
DROP FUNCTION whole_session();
DROP FUNCTION keep_session();
DROP FUNCTION keep_agenda_item();
DROP FUNCTION keep_session_member();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('projects', '0008_ceilings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(verbose_name='what is disputed')),
                ('about', models.CharField(max_length=60, verbose_name='about')),
                ('raised_on', models.DateField(default=foundation.clock.today, editable=False)),
                ('due_on', models.DateField(verbose_name='positions until')),
                ('state', models.CharField(choices=[('open', 'open'), ('decided', 'decided'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default='', editable=False, max_length=20)),
                ('decision', models.TextField(blank=True, verbose_name='decision')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('changed', models.CharField(blank=True, max_length=60, verbose_name='what it changes')),
                ('decided_on', models.DateField(editable=False, null=True)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='projects.proposal')),
                ('raised_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'issue',
            },
        ),
        migrations.CreateModel(
            name='IssueOption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='option')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='projects.issue')),
            ],
            options={
                'verbose_name': 'option',
            },
        ),
        migrations.AddField(
            model_name='issue',
            name='chosen',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.issueoption', verbose_name='chosen option'),
        ),
        migrations.CreateModel(
            name='IssueSide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('position', models.TextField(blank=True, verbose_name='position')),
                ('state', models.CharField(choices=[('asked', 'position awaited'), ('stated', 'position stated'), ('heard', 'heard'), ('silent', 'no position stated')], default='', editable=False, max_length=20)),
                ('written_at', models.DateTimeField(editable=False, null=True)),
                ('favours', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='projects.issueoption', verbose_name='favoured option')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='projects.issue')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issue_sides', to='accounts.organisation')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'position',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('written', 'written review'), ('visit', 'site visit'), ('presentation', 'presentation'), ('committee', 'committee session')], max_length=20, verbose_name='kind')),
                ('held_on', models.DateField(verbose_name='day')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='venue')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('cancelled', 'cancelled')], default='', editable=False, max_length=20)),
                ('minutes', models.FileField(blank=True, editable=False, max_length=200, upload_to='', verbose_name='minutes')),
                ('minutes_name', models.CharField(blank=True, editable=False, max_length=200)),
                ('minutes_type', models.CharField(blank=True, editable=False, max_length=100)),
                ('minutes_size', models.PositiveBigIntegerField(default=0, editable=False)),
                ('minutes_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('recorded_on', models.DateField(editable=False, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='projects.call', verbose_name='call')),
                ('recorded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supplements', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supplemented_by', to='projects.session', verbose_name='supplements the session')),
            ],
            options={
                'verbose_name': 'session',
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'approved'), ('on_condition', 'approved on condition'), ('deferred', 'deferred'), ('rejected', 'rejected'), ('none', 'no decision')], max_length=20, verbose_name='result')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='projects.proposal')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='projects.session')),
            ],
            options={
                'verbose_name': 'agenda item',
            },
        ),
        migrations.CreateModel(
            name='SessionMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('affiliation', models.CharField(max_length=200, verbose_name='affiliation')),
                ('role', models.CharField(choices=[('chair', 'chair'), ('member', 'member')], max_length=20, verbose_name='part in the session')),
                ('attended', models.BooleanField(editable=False, null=True, verbose_name='attended')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='projects.session')),
            ],
            options={
                'verbose_name': 'member',
            },
        ),
        migrations.AddConstraint(
            model_name='issueoption',
            constraint=models.UniqueConstraint(fields=('issue', 'text'), name='issue_option_once'),
        ),
        migrations.AddConstraint(
            model_name='issueoption',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='issue_option_says_something'),
        ),
        migrations.AddIndex(
            model_name='issue',
            index=models.Index(fields=['state', 'due_on', 'id'], name='issue_due'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='issue_says_what_is_disputed'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('raised_on'))), name='issue_is_due_after_it_is_raised'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(('decided_by__isnull', False), ('decided_on__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='issue_decided_is_complete'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('raised_by', models.F('decided_by')), _negated=True), _connector='OR'), name='issue_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='issueside',
            constraint=models.UniqueConstraint(fields=('issue', 'organisation'), name='issue_side_once'),
        ),
        migrations.AddConstraint(
            model_name='issueside',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['stated', 'heard']), ('written_at__isnull', False), ('written_by__isnull', False), models.Q(('position', ''), _negated=True)), models.Q(models.Q(('state__in', ['stated', 'heard']), _negated=True), ('position', ''), ('written_by', None)), _connector='OR'), name='issue_side_position_has_a_writer'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['state', 'held_on', 'id'], name='session_day'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['call', '-held_on', '-id'], name='session_newest'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), models.Q(('minutes_sha256__regex', '^[0-9a-f]{64}$'), ('minutes_size__gt', 0), ('recorded_by__isnull', False), ('recorded_on__isnull', False), models.Q(('minutes', ''), _negated=True), models.Q(('minutes_name', ''), _negated=True)), _connector='OR'), name='session_held_has_its_minutes'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_on', None), ('recorded_on__gte', models.F('held_on')), _connector='OR'), name='session_is_recorded_after_it_was_held'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('session', 'proposal'), name='agenda_item_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionmember',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['IMMEDIATE'], fields=('session', 'name', 'affiliation'), name='session_member_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionmember',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='session_member_has_a_name'),
        ),
        migrations.RunSQL(ISSUES_UP, ISSUES_DOWN),
        migrations.RunSQL(SESSIONS_UP, SESSIONS_DOWN),
    ]
