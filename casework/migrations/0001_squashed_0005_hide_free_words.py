"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casework.clock
from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("casework", "0001_initial"),
        ("casework", "0002_watch"),
        ("casework", "0003_clock_of_deadlines"),
        ("casework", "0004_lists_by_index"),
        ("casework", "0005_hide_free_words"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('people', '0001_squashed_0009_gender_by_choice'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
                ('reference', models.CharField(max_length=16)),
                ('status', models.CharField(choices=[('request', 'Request'), ('declined', 'Declined'), ('drafting', 'Drafting'), ('court', 'Before the court'), ('order', 'Order made'), ('ended', 'Ended')], default='request', max_length=10)),
                ('restricted', models.BooleanField(default=False)),
                ('restricted_reason', models.CharField(blank=True, max_length=200)),
                ('subject', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.person')),
                ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('domestic_abuse', models.BooleanField(default=False)),
                ('online_acts', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('next_due_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['force', 'next_due_at', 'id'], include=('restricted', 'unit'), name='case_by_next_clock'), models.Index(fields=['force', '-asked_at', 'id'], name='case_newest_first'), models.Index(fields=['force', 'officer', 'next_due_at'], name='case_of_officer'), models.Index(fields=['subject'], name='case_of_subject'), models.Index(condition=models.Q(('status__in', ('declined', 'ended')), _negated=True), fields=['force', 'officer'], include=('next_due_at', 'restricted', 'unit'), name='open_cases_by_officer')],
                'constraints': [models.UniqueConstraint(fields=('force', 'reference'), name='reference_once_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='casework.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('role', models.CharField(choices=[('victim', 'Victim of the acts'), ('protected', 'Protected person'), ('both', 'Victim and protected person'), ('witness', 'Witness')], max_length=10)),
                ('called', models.CharField(blank=True, max_length=60)),
                ('relationship', models.CharField(blank=True, max_length=30)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'person'), name='person_once_in_case')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('kind', models.CharField(max_length=40)),
                ('about_id', models.UUIDField()),
                ('title', models.CharField(max_length=120)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('owner_role', models.CharField(max_length=30)),
                ('due_at', models.DateTimeField()),
                ('whole_day', models.BooleanField(default=True)),
                ('provision', models.CharField(max_length=40)),
                ('reason', models.CharField(max_length=200)),
                ('set_at', models.DateTimeField(default=casework.clock.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('done_by', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['force', 'due_at', 'id'], name='open_clocks_of_force'), models.Index(condition=models.Q(('done_at', None)), fields=['kind', 'due_at'], name='open_clocks_by_kind'), models.Index(fields=['case', 'due_at'], name='clocks_of_case')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('case', 'kind', 'about_id'), name='one_open_clock_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', '')), models.Q(('done_at__isnull', False), models.Q(('done_by', ''), _negated=True)), _connector='OR'), name='done_at_and_by_together')],
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('force', 'year'), name='one_counter_a_year')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('username', models.CharField(max_length=60)),
                ('route', models.CharField(max_length=200)),
                ('body_hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('location', models.CharField(blank=True, max_length=300)),
                ('body', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='submission_by_age')],
                'constraints': [models.UniqueConstraint(fields=('username', 'key'), name='one_submission_of_a_key')],
            },
        ),
        watch("casework_case", hidden=('restricted_reason',)),
        watch("casework_party", hidden=('called', 'relationship',)),
        watch("casework_deadline"),
    ]
