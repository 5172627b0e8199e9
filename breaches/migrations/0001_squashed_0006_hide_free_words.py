"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("breaches", "0001_initial"),
        ("breaches", "0002_watch"),
        ("breaches", "0003_response"),
        ("breaches", "0004_statuses_with_their_stamps"),
        ("breaches", "0005_hide_what_happened"),
        ("breaches", "0006_hide_free_words"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0001_squashed_0005_hide_free_words'),
        ('orders', '0001_squashed_0008_hide_free_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='orders.order')),
                ('condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='breaches', to='orders.condition')),
                ('offence_code', models.CharField(default='ST19001', max_length=7)),
                ('status', models.CharField(choices=[('reported', 'Reported, not acknowledged'), ('acknowledged', 'Acknowledged'), ('assigned', 'Officer assigned'), ('decided', 'Decided')], default='reported', max_length=12)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('happened_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('what_happened', models.TextField(max_length=8000)),
                ('source', models.CharField(choices=[('police', 'Police'), ('control_room', 'Control room'), ('advocate', 'Advocate'), ('protected_person', 'Protected person'), ('provider', 'Programme provider')], max_length=16)),
                ('log_reference', models.CharField(blank=True, max_length=40)),
                ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told_again', to='breaches.breach')),
                ('reported_at', models.DateTimeField()),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('findings', models.JSONField(blank=True, default=list)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assigned_at', models.DateTimeField(blank=True, null=True)),
                ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('victim_told_at', models.DateTimeField(blank=True, null=True)),
                ('victim_told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('victim_told_how', models.CharField(blank=True, max_length=300)),
                ('outcome', models.CharField(blank=True, choices=[('charged', 'Charged'), ('nfa', 'No further action'), ('other', 'Dealt with in another way')], max_length=10)),
                ('outcome_reason', models.CharField(blank=True, choices=[('service_unprovable', 'Service cannot be proved'), ('unaware', 'He did not know of the order'), ('reasonable_excuse', 'He had a reasonable excuse'), ('no_other_evidence', 'The victim declined, and there is no other evidence'), ('evidential_test', 'The evidential test is not met'), ('other_offence', 'Another offence is dealt with, so not in the public interest'), ('not_a_breach', 'It was not a breach of this order')], max_length=60)),
                ('outcome_note', models.TextField(blank=True, max_length=4000)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'verbose_name_plural': 'breaches',
                'indexes': [models.Index(fields=['force', '-reported_at', 'id'], name='breaches_of_force'), models.Index(fields=['case', '-reported_at'], name='breaches_of_case')],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='breach_number_once_in_case'), models.CheckConstraint(condition=models.Q(models.Q(('assigned_at', None), ('assigned_by', None), ('officer', None)), models.Q(('assigned_at__isnull', False), ('assigned_by__isnull', False), ('officer__isnull', False)), _connector='OR'), name='breach_assigned_to_at_and_by_together'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'nfa'), models.Q(('outcome_reason', ''), _negated=True)), models.Q(models.Q(('outcome', 'nfa'), _negated=True), ('outcome_reason', '')), _connector='OR'), name='no_further_action_has_a_coded_reason'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', None)), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False)), _connector='OR'), name='breach_acknowledged_at_and_by_together'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('outcome', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='breach_decided_at_and_by_together'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('decided_at', None), ('officer', None), ('status', 'reported')), models.Q(('acknowledged_at__isnull', False), ('decided_at', None), ('officer', None), ('status', 'acknowledged')), models.Q(('acknowledged_at__isnull', False), ('decided_at', None), ('officer__isnull', False), ('status', 'assigned')), models.Q(('acknowledged_at__isnull', False), ('decided_at__isnull', False), ('status', 'decided')), _connector='OR'), name='breach_status_has_its_stamps'), models.CheckConstraint(condition=models.Q(models.Q(('victim_told_at', None), ('victim_told_by', None)), models.Q(('victim_told_at__isnull', False), ('victim_told_by__isnull', False)), _connector='OR'), name='victim_told_at_and_by_together')],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='breaches.breach')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('key', models.CharField(choices=[('in_force', 'The order was in force at that moment'), ('made', 'The order was made, in these words: a certified copy'), ('served', 'The order was served, and the subject knew of it'), ('condition', 'What the condition says'), ('identity', 'It was the subject'), ('act', 'What the subject did, or did not do'), ('no_excuse', 'There was no reasonable excuse')], max_length=15)),
                ('held', models.BooleanField(default=False)),
                ('evidence', models.CharField(blank=True, max_length=300)),
                ('asked', models.CharField(blank=True, max_length=120)),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('breach', 'key'), name='one_point_of_a_kind'), models.CheckConstraint(condition=models.Q(('held', False), models.Q(('evidence', ''), _negated=True), _connector='OR'), name='a_point_that_is_held_has_its_evidence')],
                'indexes': [],
            },
        ),
        watch("breaches_breach", hidden=('place', 'what_happened', 'log_reference', 'victim_told_how', 'outcome_note',)),
        watch("breaches_point", hidden=('evidence', 'asked',)),
    ]
