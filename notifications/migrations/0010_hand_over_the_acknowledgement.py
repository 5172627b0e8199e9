"""The tick that stood before there was a paper becomes what it meant: who gave it to him, and when, or
that nobody wrote down why not."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch

ANSWERED = """
    SELECT set_config('spo.actor', 'migration', true);
    UPDATE notifications_attendance SET status = 'handed', handed_at = recorded_at,
      handed_by_name = received_by_name, handing_recorded_at = recorded_at,
      handing_recorded_by_id = recorded_by_id
    WHERE oral_statement AND acknowledgement_given;
    UPDATE notifications_attendance SET status = 'not_handed',
      not_handed_reason = 'Recorded before it was asked why', handing_recorded_at = recorded_at,
      handing_recorded_by_id = recorded_by_id
    WHERE oral_statement AND NOT acknowledgement_given;
"""
BEFORE = ("received_by_name", "authorised_by_name", "identity_check", "excuse", "superseded_reason")
OLD = watch("notifications_attendance", hidden=BEFORE)
HIDE = (
    migrations.RunSQL(OLD.reverse_sql, OLD.sql),
    watch("notifications_attendance", hidden=(*BEFORE, "handed_by_name", "not_handed_reason")),
)

class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_account_changes'),
        ('casework', '0005_hide_free_words'),
        ('notifications', '0009_hide_free_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='handed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='handed_by_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='attendance',
            name='handing_recorded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='handing_recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attendance',
            name='not_handed_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='attendance',
            name='status',
            field=models.CharField(choices=[('nothing', 'No acknowledgement is due'), ('to_hand', 'Acknowledgement not handed over yet'), ('handed', 'Acknowledgement handed over'), ('not_handed', 'Acknowledgement not handed over, for a reason')], default='nothing', max_length=10),
        ),
        migrations.AddField(
            model_name='attendance',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.RunSQL(ANSWERED, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='attendance',
            name='acknowledgement_given',
        ),
        *HIDE,
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handed_at', None), ('not_handed_reason', ''), ('status__in', ['nothing', 'to_hand'])), models.Q(('handed_at__isnull', False), ('status', 'handed'), models.Q(('handed_by_name', ''), _negated=True)), models.Q(('handed_at', None), ('status', 'not_handed'), models.Q(('not_handed_reason', ''), _negated=True)), _connector='OR'), name='an_acknowledgement_has_its_moment_or_its_reason'),
        ),
    ]
