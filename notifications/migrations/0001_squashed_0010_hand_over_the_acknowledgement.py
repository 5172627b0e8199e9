"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_watch"),
        ("notifications", "0003_advance_and_areas"),
        ("notifications", "0004_suspicion_of_falsehood"),
        ("notifications", "0005_statuses_with_their_days"),
        ("notifications", "0006_refusals_by_attendance"),
        ("notifications", "0007_stations_once_in_any_case"),
        ("notifications", "0008_what_was_recorded_wrongly"),
        ("notifications", "0009_hide_free_words"),
        ("notifications", "0010_hand_over_the_acknowledgement"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0001_squashed_0005_hide_free_words'),
        ('orders', '0001_squashed_0008_hide_free_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Station',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stations', to='accounts.force')),
                ('name', models.CharField(max_length=120)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(models.F('force'), django.db.models.functions.text.Lower('name'), name='station_once_in_force', violation_error_message='Your force has a station of this name')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='orders.order')),
                ('kind', models.CharField(choices=[('initial', 'Name and home address, s9(1)'), ('name', 'A new name, s9(3)'), ('address', 'A new home address, s9(4)')], max_length=7)),
                ('status', models.CharField(choices=[('waiting', 'Not served yet'), ('open', 'Must notify'), ('met', 'Notified in time'), ('late', 'Notified late'), ('not_owed', 'Nothing to notify'), ('taken_back', 'Recorded by mistake')], default='open', max_length=10)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('provision', models.CharField(max_length=20)),
                ('reason', models.CharField(max_length=300)),
                ('findings', models.JSONField(blank=True, default=list)),
                ('told', models.CharField(blank=True, max_length=300)),
                ('told_by', models.CharField(blank=True, max_length=120)),
                ('left_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('home_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('soa_from', models.DateField(blank=True, null=True)),
                ('soa_until', models.DateField(blank=True, null=True)),
                ('soa_note', models.CharField(blank=True, max_length=300)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_reason', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'duties',
                'indexes': [models.Index(condition=models.Q(('status', 'open')), fields=['force', 'due_on', 'id'], name='open_duties_of_force')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'initial')), fields=('order',), name='one_initial_duty_of_an_order'), models.UniqueConstraint(condition=models.Q(models.Q(('kind', 'initial'), _negated=True), models.Q(('status', 'taken_back'), _negated=True)), fields=('order', 'kind', 'starts_on', 'told'), name='a_change_is_recorded_once', violation_error_message='This change is recorded already'), models.CheckConstraint(condition=models.Q(('soa_until', None), ('soa_from__lte', models.F('soa_until')), _connector='OR'), name='soa_duty_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('due_on__gte', models.F('starts_on')), ('due_on__isnull', False), ('starts_on__isnull', False), ('status__in', ['open', 'met', 'late'])), models.Q(('due_on', None), ('status__in', ['waiting', 'not_owed', 'taken_back'])), _connector='OR'), name='a_duty_has_its_days_where_one_is_owed'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('status', 'taken_back'), _negated=True), ('superseded_at', None), ('superseded_by', None), ('superseded_reason', '')), models.Q(('kind__in', ['name', 'address']), ('status', 'taken_back'), ('superseded_at__isnull', False), ('superseded_by__isnull', False), models.Q(('superseded_reason', ''), _negated=True)), _connector='OR'), name='a_change_taken_back_has_who_when_and_why')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='notifications.duty')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('attended_at', models.DateTimeField()),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notifications.station')),
                ('received_by_name', models.CharField(max_length=120)),
                ('heard_by_constable', models.BooleanField(default=True)),
                ('authorised_by_name', models.CharField(blank=True, max_length=120)),
                ('names_given', models.TextField(max_length=1000)),
                ('address_limb', models.CharField(choices=[('home', 'His sole or main residence in the UK'), ('found', 'A place in the UK where he can regularly be found')], max_length=5)),
                ('address_given', models.CharField(max_length=300)),
                ('home_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('identity_check', models.CharField(blank=True, max_length=200)),
                ('fingerprints', models.CharField(choices=[('not_asked', 'Not asked for'), ('taken', 'Taken'), ('refused', 'Refused')], max_length=9)),
                ('photograph', models.CharField(choices=[('not_asked', 'Not asked for'), ('taken', 'Taken'), ('refused', 'Refused')], max_length=9)),
                ('excuse', models.TextField(blank=True, max_length=2000)),
                ('oral_statement', models.BooleanField()),
                ('status', models.CharField(choices=[('nothing', 'No acknowledgement is due'), ('to_hand', 'Acknowledgement not handed over yet'), ('handed', 'Acknowledgement handed over'), ('not_handed', 'Acknowledgement not handed over, for a reason')], default='nothing', max_length=10)),
                ('handed_at', models.DateTimeField(blank=True, null=True)),
                ('handed_by_name', models.CharField(blank=True, max_length=120)),
                ('not_handed_reason', models.CharField(blank=True, max_length=300)),
                ('handing_recorded_at', models.DateTimeField(blank=True, null=True)),
                ('handing_recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_time', models.BooleanField()),
                ('findings', models.JSONField(blank=True, default=list)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_reason', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('-attended_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('superseded_at', None), ('superseded_by', None), ('superseded_reason', '')), models.Q(('superseded_at__isnull', False), ('superseded_by__isnull', False), models.Q(('superseded_reason', ''), _negated=True)), _connector='OR'), name='attendance_superseded_at_by_and_why_together'), models.CheckConstraint(condition=models.Q(models.Q(('handed_at', None), ('not_handed_reason', ''), ('status__in', ['nothing', 'to_hand'])), models.Q(('handed_at__isnull', False), ('status', 'handed'), models.Q(('handed_by_name', ''), _negated=True)), models.Q(('handed_at', None), ('status', 'not_handed'), models.Q(('not_handed_reason', ''), _negated=True)), _connector='OR'), name='an_acknowledgement_has_its_moment_or_its_reason')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SuspectedFailure',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='notifications.duty')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('attendance', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refusals', to='notifications.attendance')),
                ('offence_code', models.CharField(max_length=7)),
                ('status', models.CharField(choices=[('open', 'Waits for a decision'), ('investigated', 'Investigated as an offence'), ('excused', 'Reasonable excuse accepted'), ('no_action', 'No further action'), ('cleared', 'No failure: the facts were corrected')], default='open', max_length=12)),
                ('failed_from', models.DateField()),
                ('failed_until', models.DateField(blank=True, null=True)),
                ('suspicion', models.TextField(blank=True, max_length=4000)),
                ('reason', models.TextField(blank=True, max_length=4000)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'failures',
                'constraints': [models.UniqueConstraint(condition=models.Q(('attendance', None)), fields=('duty', 'offence_code'), name='one_failure_of_a_duty'), models.UniqueConstraint(condition=models.Q(('attendance__isnull', False)), fields=('attendance', 'offence_code'), name='one_refusal_at_an_attendance'), models.CheckConstraint(condition=models.Q(models.Q(('attendance__isnull', False), ('offence_code', 'ST19005')), models.Q(models.Q(('offence_code', 'ST19005'), _negated=True), ('attendance', None)), _connector='OR'), name='a_refusal_names_its_attendance'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status__in', ['open', 'cleared'])), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status__in', ['investigated', 'excused', 'no_action']), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_decided_failure_has_who_when_and_why'), models.CheckConstraint(condition=models.Q(('failed_until', None), ('failed_until__gte', models.F('failed_from')), _connector='OR'), name='a_failure_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        watch("notifications_station"),
        watch("notifications_duty", hidden=('told_by', 'soa_note', 'superseded_reason',)),
        watch("notifications_attendance", hidden=('received_by_name', 'authorised_by_name', 'identity_check', 'excuse', 'superseded_reason', 'handed_by_name', 'not_handed_reason',)),
        watch("notifications_suspectedfailure", hidden=('suspicion', 'reason',)),
    ]
