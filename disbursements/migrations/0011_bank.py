"""Accounts of organisations, batches of payments, and files to the bank and back."""

import datetime
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import foundation.clock
from django.conf import settings
from django.db import migrations, models

from foundation.append_only import append_only

UP = """
CREATE FUNCTION keep_bank_account() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'moves_made', 'changed_at'];
    confirming text[] := ARRAY['confirmed_by_id', 'confirmed_on', 'effective_on'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'requested' THEN
            moving := moving || confirming;
        END IF;
        IF to_jsonb(NEW) - moving = to_jsonb(OLD) - moving AND (OLD.state = 'requested'
            OR OLD.state = 'confirmed' AND NEW.state = 'withdrawn'
            AND OLD.effective_on > (now() AT TIME ZONE 'Asia/Seoul')::date) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a bank account does not change: another one takes its place'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bank_account_stays';
END $$;
CREATE TRIGGER bank_account_stays BEFORE UPDATE OR DELETE ON disbursements_bankaccount
    FOR EACH ROW EXECUTE FUNCTION keep_bank_account();
CREATE TRIGGER bank_account_is_not_emptied BEFORE TRUNCATE ON disbursements_bankaccount
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_payment_batch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moving text[] := ARRAY['state', 'moves_made', 'changed_at'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.state = 'done' AND OLD.state <> 'done' AND EXISTS (
            SELECT FROM disbursements_batchitem WHERE batch_id = NEW.id AND outcome = 'open'
        ) THEN
            RAISE EXCEPTION 'a batch is done when every payment is answered'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_batch_done_is_whole';
        END IF;
        IF OLD.state = 'written' AND NEW.state = 'sent' THEN
            moving := moving || ARRAY['sent_by_id', 'sent_on'];
        END IF;
        IF to_jsonb(NEW) - moving = to_jsonb(OLD) - moving AND (NEW.state = OLD.state
            OR (OLD.state, NEW.state) IN (('written', 'sent'), ('written', 'withdrawn'), ('sent', 'done')))
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a payment batch stays as it was put together'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'payment_batch_stays';
END $$;
CREATE TRIGGER payment_batch_stays BEFORE UPDATE OR DELETE ON disbursements_paymentbatch
    FOR EACH ROW EXECUTE FUNCTION keep_payment_batch();
CREATE TRIGGER payment_batch_is_not_emptied BEFORE TRUNCATE ON disbursements_paymentbatch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION enter_batch_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tranche disbursements_tranche%ROWTYPE;
BEGIN
    SELECT * INTO tranche FROM disbursements_tranche WHERE id = NEW.tranche_id FOR UPDATE;
    IF NEW.outcome <> 'open' OR tranche.state <> 'granted'
        OR tranche.granted - tranche.paid <> NEW.won
        OR NOT EXISTS (
            SELECT FROM disbursements_paymentbatch batch, disbursements_appropriation line,
                disbursements_bankaccount account
            WHERE batch.id = NEW.batch_id AND batch.state = 'written'
            AND line.id = tranche.appropriation_id AND line.payer_id = batch.payer_id
            AND account.id = NEW.account_id AND account.organisation_id = line.recipient_id
            AND account.state = 'confirmed'
        ) THEN
        RAISE EXCEPTION 'a batch pays what is unpaid of a granted tranche, to its recipient'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_item_is_payable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_item_is_payable BEFORE INSERT ON disbursements_batchitem
    FOR EACH ROW EXECUTE FUNCTION enter_batch_item();

CREATE FUNCTION keep_batch_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stands text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT state INTO stands FROM disbursements_paymentbatch WHERE id = NEW.batch_id;
        IF to_jsonb(NEW) - 'outcome' = to_jsonb(OLD) - 'outcome' AND OLD.outcome = 'open'
            AND (stands, NEW.outcome) IN
                (('sent', 'paid'), ('sent', 'failed'), ('withdrawn', 'dropped')) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a payment of a batch is answered once and never changes'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'batch_item_stays';
END $$;
CREATE TRIGGER batch_item_stays BEFORE UPDATE OR DELETE ON disbursements_batchitem
    FOR EACH ROW EXECUTE FUNCTION keep_batch_item();
CREATE TRIGGER batch_item_is_not_emptied BEFORE TRUNCATE ON disbursements_batchitem
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION wait_for_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM disbursements_tranche WHERE id = NEW.tranche_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM disbursements_batchitem WHERE tranche_id = NEW.tranche_id AND outcome = 'open'
    ) THEN
        RAISE EXCEPTION 'this tranche is on its way to the bank'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_waits_for_its_batch';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_waits_for_its_batch BEFORE INSERT ON disbursements_entry
    FOR EACH ROW WHEN (NEW.stage IN ('paid', 'revoked')) EXECUTE FUNCTION wait_for_batch();

CREATE FUNCTION keep_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answered text[] := ARRAY['state', 'moves_made', 'changed_at', 'item_id', 'reason', 'words'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.state = 'waiting' AND to_jsonb(NEW) - answered = to_jsonb(OLD) - answered
            OR OLD.state = 'unmatched' AND NEW.state = 'settled'
            AND to_jsonb(NEW) - answered[1:3] = to_jsonb(OLD) - answered[1:3] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what the bank said stays as it was said'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'bank_line_stays';
END $$;
CREATE TRIGGER bank_line_stays BEFORE UPDATE OR DELETE ON disbursements_bankline
    FOR EACH ROW EXECUTE FUNCTION keep_bank_line();
CREATE TRIGGER bank_line_is_not_emptied BEFORE TRUNCATE ON disbursements_bankline
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

TRIGGERS = {
    "bank_account": "bankaccount",
    "payment_batch": "paymentbatch",
    "batch_item": "batchitem",
    "bank_line": "bankline",
}
DOWN = "\n".join(
    f"DROP TRIGGER {name}_stays ON disbursements_{table};"
    f" DROP TRIGGER {name}_is_not_emptied ON disbursements_{table};"
    f" DROP FUNCTION keep_{name}();"
    for name, table in TRIGGERS.items()
) + """
DROP TRIGGER batch_item_is_payable ON disbursements_batchitem;
DROP FUNCTION enter_batch_item();
DROP TRIGGER entry_waits_for_its_batch ON disbursements_entry;
DROP FUNCTION wait_for_batch();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_deputies'),
        ('disbursements', '0010_gaps'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('bank', models.CharField(choices=[('002', 'Korea Development Bank'), ('003', 'Industrial Bank of Korea'), ('004', 'KB Kookmin Bank'), ('007', 'Suhyup Bank'), ('011', 'NH NongHyup Bank'), ('012', 'Local Nonghyup'), ('020', 'Woori Bank'), ('023', 'SC First Bank'), ('027', 'Citibank Korea'), ('031', 'iM Bank'), ('032', 'Busan Bank'), ('034', 'Gwangju Bank'), ('035', 'Jeju Bank'), ('037', 'Jeonbuk Bank'), ('039', 'Gyeongnam Bank'), ('045', 'Korean Federation of Community Credit Cooperatives'), ('048', 'National Credit Union Federation'), ('071', 'Korea Post'), ('081', 'Hana Bank'), ('088', 'Shinhan Bank')], max_length=3, verbose_name='bank')),
                ('number', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('^(?=.{7,20}$)[0-9]+(-[0-9]+)*\\Z', '7 to 20 digits and hyphens, as in 301-0123-4567-89.')], verbose_name='account number')),
                ('holder', models.CharField(max_length=50, verbose_name='account holder')),
                ('state', models.CharField(choices=[('requested', 'requested'), ('confirmed', 'confirmed'), ('refused', 'refused'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=20)),
                ('confirmed_on', models.DateField(editable=False, null=True, verbose_name='confirmed on')),
                ('effective_on', models.DateField(editable=False, null=True, verbose_name='in effect from')),
                ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bank_accounts', to='accounts.organisation', verbose_name='organisation')),
                ('requested_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bank account',
            },
        ),
        migrations.CreateModel(
            name='BankFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('out', 'to the bank'), ('in', 'from the bank')], max_length=3)),
                ('name', models.CharField(max_length=150, verbose_name='file')),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(default=foundation.clock.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bank file',
            },
        ),
        migrations.CreateModel(
            name='PaymentBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('count', models.PositiveIntegerField(default=0, editable=False, verbose_name='payments')),
                ('won', models.BigIntegerField(default=0, editable=False, verbose_name='won')),
                ('state', models.CharField(choices=[('written', 'written'), ('sent', 'sent'), ('done', 'done'), ('withdrawn', 'withdrawn')], default='', editable=False, max_length=20)),
                ('sent_on', models.DateField(editable=False, null=True, verbose_name='sent on')),
                ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_batches', to='accounts.organisation', verbose_name='payer')),
                ('sent_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'payment batch',
            },
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('reference', models.CharField(max_length=40, verbose_name='reference')),
                ('won', models.BigIntegerField(verbose_name='won')),
                ('outcome', models.CharField(choices=[('open', 'open'), ('paid', 'paid'), ('failed', 'not paid'), ('dropped', 'dropped')], default='open', editable=False, max_length=20, verbose_name='outcome')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batch_items', to='disbursements.bankaccount')),
                ('tranche', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batch_items', to='disbursements.tranche')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='disbursements.paymentbatch')),
            ],
            options={
                'verbose_name': 'payment',
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moves_made', models.PositiveIntegerField(default=0, editable=False)),
                ('changed_at', models.DateTimeField(default=foundation.clock.now, editable=False)),
                ('number', models.PositiveIntegerField(verbose_name='line')),
                ('item_reference', models.CharField(max_length=40, verbose_name='reference')),
                ('won', models.BigIntegerField(verbose_name='won')),
                ('paid_on', models.DateField(verbose_name='paid on')),
                ('is_paid', models.BooleanField(verbose_name='paid')),
                ('message', models.CharField(blank=True, max_length=200, verbose_name="the bank's words")),
                ('reason', models.CharField(blank=True, choices=[('unknown', 'No payment has this reference.'), ('elsewhere', 'The reference belongs to another batch.'), ('closed', 'This payment was confirmed or closed before.'), ('amount', 'The bank names another amount.'), ('day', 'The day of payment lies ahead, or before the file was sent.'), ('failed', 'The bank did not pay.'), ('refused', 'The payment could not be booked.')], max_length=20, verbose_name='reason')),
                ('words', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('booked', 'booked'), ('unmatched', 'unmatched'), ('settled', 'settled')], default='waiting', editable=False, max_length=20)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='disbursements.bankfile')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='disbursements.batchitem')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='disbursements.paymentbatch')),
            ],
            options={
                'verbose_name': 'line of the bank',
            },
        ),
        migrations.AddField(
            model_name='bankfile',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='disbursements.paymentbatch'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('bank__regex', '^[0-9]{3}$')), name='bank_account_bank_has_three_digits'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^(?=.{7,20}$)[0-9]+(-[0-9]+)*\\Z')), name='bank_account_number_is_digits'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('requested_by')), _negated=True), _connector='OR'), name='bank_account_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('confirmed_by__isnull', False), ('effective_on__gte', django.db.models.expressions.CombinedExpression(models.F('confirmed_on'), '+', models.Value(datetime.timedelta(days=3))))), _connector='OR'), name='bank_account_confirmed_waits'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('organisation',), name='bank_account_one_request'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('organisation', 'effective_on'), name='bank_account_one_a_day'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0), ('won__gt', 0)), name='payment_batch_pays_something'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(('sent_by', None), models.Q(('sent_by', models.F('written_by')), _negated=True), _connector='OR'), name='payment_batch_sender_is_not_writer'),
        ),
        migrations.AddConstraint(
            model_name='paymentbatch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sent', 'done']), _negated=True), models.Q(('sent_by__isnull', False), ('sent_on__isnull', False)), _connector='OR'), name='payment_batch_is_sent_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='batchitem',
            index=models.Index(fields=['batch', 'outcome'], name='batch_item_by_outcome'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'number'), name='batch_item_number_once'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('reference',), name='batch_item_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('tranche',), name='batch_item_one_open_for_a_tranche'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.CheckConstraint(condition=models.Q(('won__gt', 0)), name='batch_item_moves_something'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(fields=['batch', 'state', 'id'], name='bank_line_of_batch'),
        ),
        migrations.AddIndex(
            model_name='bankline',
            index=models.Index(condition=models.Q(('state', 'waiting')), fields=['id'], name='bank_line_waiting'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='bank_line_number_once'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('file', 'item_reference'), name='bank_line_reference_once'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'booked')), fields=('item',), name='bank_line_books_an_item_once'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'booked'), _negated=True), models.Q(('is_paid', True), ('item__isnull', False)), _connector='OR'), name='bank_line_booked_names_its_item'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['unmatched', 'settled']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='bank_line_unmatched_says_why'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.CheckConstraint(condition=models.Q(('won__gte', 0)), name='bank_line_not_below_zero'),
        ),
        migrations.AddConstraint(
            model_name='bankfile',
            constraint=models.UniqueConstraint(fields=('digest',), name='bank_file_once'),
        ),
        migrations.AddConstraint(
            model_name='bankfile',
            constraint=models.UniqueConstraint(condition=models.Q(('way', 'out')), fields=('batch',), name='bank_file_sent_once'),
        ),
        append_only("disbursements_bankfile"),
        migrations.RunSQL(UP, DOWN),
    ]
