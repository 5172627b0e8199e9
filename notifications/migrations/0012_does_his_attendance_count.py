"""Force legal decides whether an attendance counts that s10(1) may not accept; what else was taken, and
whether he picked the place, are kept. The log has none of the words that somebody wrote."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch

WORDS = (
    *("received_by_name", "authorised_by_name", "identity_check", "excuse", "superseded_reason"),
    *("handed_by_name", "not_handed_reason"),
)
BEFORE = watch("notifications_attendance", hidden=WORDS)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0006_officer_of_a_clock'),
        ('notifications', '0011_lists_of_each_force'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='attendance',
            name='also_taken',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='attendance',
            name='decided_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attendance',
            name='decision',
            field=models.CharField(blank=True, choices=[('accepted', 'It counts'), ('again', 'It does not count: he must attend again')], max_length=8),
        ),
        migrations.AddField(
            model_name='attendance',
            name='decision_reason',
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AddField(
            model_name='attendance',
            name='picked',
            field=models.CharField(blank=True, choices=[('one', 'There is only this one'), ('he', 'There are several, and he chose this one'), ('not_he', 'There are several, and he did not choose')], max_length=6),
        ),
        migrations.AlterField(
            model_name='attendance',
            name='status',
            field=models.CharField(choices=[('nothing', 'Recorded with nothing to acknowledge'), ('to_hand', 'Waiting for its acknowledgement to be handed over'), ('handed', 'Acknowledged: the paper was handed over'), ('not_handed', 'Recorded with the reason why the paper was not handed over')], default='nothing', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='attendance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('decision', ''), ('decision_reason', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('decision__in', ['accepted', 'again']), ('oral_statement', True), models.Q(('decision_reason', ''), _negated=True)), _connector='OR'), name='whether_it_counts_is_decided_by_somebody_with_reasons'),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        watch("notifications_attendance", hidden=(*WORDS, "decision_reason", "also_taken")),
    ]
