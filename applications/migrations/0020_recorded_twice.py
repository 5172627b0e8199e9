"""A request that was recorded twice says in which case of its force it goes on."""

import casework.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch
from casework.repeated import repeats

TABLE = "applications_request"
HIDDEN = (
    "asker_name",
    "crime_reference",
    "subject_as_told",
    "concerns",
    "client_as_told",
    "safe_contact",
)
OPEN, HIDING = watch(TABLE, hidden=HIDDEN), watch(TABLE, hidden=(*HIDDEN, "same_reason"))


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0019_what_must_never_be'),
        ('casework', '0007_what_must_never_be'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='same_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recorded_twice', to='casework.case'),
        ),
        migrations.AddField(
            model_name='request',
            name='same_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='request',
            name='same_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='request',
            name='same_reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='request',
            name='status',
            field=models.CharField(choices=[('received', 'Waits for a decision'), ('accepted', 'Taken forward'), ('declined', 'Declined, waits for a second look'), ('confirmed', 'Declined, second look agrees'), ('twice', 'Recorded twice, closed')], default='received', max_length=10),
        ),
        migrations.RemoveConstraint(model_name='request', name='request_status_is_known'),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['received', 'accepted', 'declined', 'confirmed', 'twice'])), name='request_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('same_as__isnull', False), ('status', 'twice'), ('same_at__isnull', False), ('same_by__isnull', False), models.Q(('same_reason', ''), _negated=True), models.Q(('same_as', models.F('case')), _negated=True)), models.Q(models.Q(('status', 'twice'), _negated=True), ('same_as', None), ('same_at', None), ('same_by', None), ('same_reason', '')), _connector='OR'), name='recorded_twice_says_what_goes_on_and_why'),
        ),
        repeats(TABLE, "force_id", key="same_as_id"),
        migrations.AlterField(  # the moment of the last edit; what is decided is none
            model_name='application',
            name='saved_at',
            field=models.DateTimeField(default=casework.clock.now),
        ),
        migrations.RunSQL(OPEN.reverse_sql, OPEN.sql),
        HIDING,
    ]
