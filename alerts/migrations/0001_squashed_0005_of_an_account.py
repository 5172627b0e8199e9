"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch

SENT_IS_FINAL = migrations.RunSQL(
    """
    CREATE FUNCTION alerts_sent_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'alerts: message % was sent; it cannot be anything else', OLD.id; END $$;

    CREATE TRIGGER sent_is_final BEFORE UPDATE ON alerts_message FOR EACH ROW
    WHEN (OLD.state = 'sent' AND NEW.state <> 'sent') EXECUTE FUNCTION alerts_sent_is_final();
    """,
    "DROP FUNCTION alerts_sent_is_final CASCADE;",
)


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("alerts", "0001_initial"),
        ("alerts", "0002_watch"),
        ("alerts", "0003_keys"),
        ("alerts", "0004_climb_until_answered"),
        ("alerts", "0005_of_an_account"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0001_squashed_0005_hide_free_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_collation='C', max_length=200)),
                ('thread', models.CharField(db_collation='C', max_length=120)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='casework.case')),
                ('deadline', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alerts', to='casework.deadline')),
                ('clock_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(max_length=40)),
                ('rung', models.PositiveSmallIntegerField(default=0)),
                ('recipients', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=160)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('needs_acknowledgement', models.BooleanField(default=False)),
                ('late', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('addressed_at', models.DateTimeField(null=True)),
                ('nobody', models.BooleanField(default=False)),
                ('missing', models.CharField(blank=True, max_length=200)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['deadline', 'clock_at', 'rung'], name='alert_of_deadline'), models.Index(fields=['thread'], name='alert_of_thread'), models.Index(fields=['case', '-created_at'], name='alerts_of_case'), models.Index(condition=models.Q(('addressed_at', None)), fields=['created_at'], name='alert_unaddressed'), models.Index(condition=models.Q(('acknowledged_at', None), ('needs_acknowledgement', True), ('rung', 0)), fields=['kind', 'due_at'], name='alert_that_may_climb'), models.Index(condition=models.Q(('acknowledged_at', None), ('needs_acknowledgement', True)), fields=['force', 'due_at', 'id'], name='alert_unacknowledged')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='alert_once'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', None)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='alert_acknowledged_at_and_by_together'), models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind', 'account_change'), _connector='XOR'), name='alert_without_a_case_is_of_an_account'), models.CheckConstraint(condition=models.Q(models.Q(('clock_at', None), ('deadline', None)), models.Q(('clock_at__isnull', False), ('deadline__isnull', False)), _connector='OR'), name='alert_of_a_deadline_knows_its_end')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_collation='C', max_length=260)),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='alerts.alert')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.CharField(choices=[('email', 'email'), ('notify', 'text message'), ('in_app', 'inbox')], max_length=6)),
                ('address', models.CharField(blank=True, max_length=254)),
                ('state', models.CharField(choices=[('queued', 'Waits to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('ambiguous', 'May have been sent; the provider did not answer'), ('failed', 'Could not be sent')], default='queued', max_length=9)),
                ('created_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('possibly_twice', models.BooleanField(default=False)),
                ('sent_at', models.DateTimeField(null=True)),
                ('provider_ref', models.CharField(blank=True, max_length=120)),
                ('error', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'sending', 'ambiguous'])), fields=['channel', 'due_at'], name='message_unsent'), models.Index(condition=models.Q(('channel', 'in_app')), fields=['user', '-created_at', '-id'], name='message_in_inbox')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='message_once'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at', None)), _connector='OR'), name='message_is_sent_when_it_has_a_moment'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'ambiguous', 'failed'])), name='message_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('error', ''), _negated=True), _connector='OR'), name='message_failed_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sending'), _negated=True), ('attempts__gt', 0), _connector='OR'), name='message_tried_before_sending'), models.CheckConstraint(condition=models.Q(models.Q(('channel', 'in_app'), ('state', 'sent'), ('user__isnull', False)), models.Q(models.Q(('channel', 'in_app'), _negated=True), models.Q(('address', ''), _negated=True)), _connector='OR'), name='message_leaves_with_an_address')],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('loop', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        watch("alerts_alert"),
        watch("alerts_message"),
        SENT_IS_FINAL,
    ]
