"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_watch"),
        ("people", "0003_hide_how_to_reach"),
        ("people", "0004_find_by_address"),
        ("people", "0005_one_safe_contact"),
        ("people", "0006_watch_what_is_found_by"),
        ("people", "0007_corrections_are_kept"),
        ("people", "0008_hide_free_words"),
        ("people", "0009_gender_by_choice"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
    ]

    operations = [
        migrations.RunSQL("CREATE SCHEMA vault", "DROP SCHEMA vault"),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('given_names', models.CharField(blank=True, max_length=100)),
                ('family_name', models.CharField(max_length=100)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('gender', models.CharField(choices=[('male', 'Male'), ('female', 'Female'), ('other', 'Neither'), ('unknown', 'Not known')], default='unknown', max_length=7)),
                ('language', models.CharField(blank=True, max_length=40)),
                ('interpreter_needed', models.BooleanField(default=False)),
                ('description', models.TextField(blank=True, max_length=2000)),
                ('warnings', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['force', 'family_name', 'given_names'], name='person_by_name')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='people.person')),
                ('kind', models.CharField(choices=[('alias', 'Also known as'), ('nickname', 'Nickname'), ('former', 'Former name'), ('notified', 'Notified under s9')], max_length=10)),
                ('text', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='people.person')),
                ('kind', models.CharField(choices=[('phone', 'Phone'), ('email', 'Email'), ('account', 'Online account'), ('plate', 'Vehicle registration'), ('pnc_id', 'PNC ID'), ('custody', 'Custody reference')], max_length=10)),
                ('text', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='addresses', to='people.person')),
                ('lines', models.CharField(max_length=300)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('police_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('lived_from', models.DateField(blank=True, null=True)),
                ('lived_until', models.DateField(blank=True, null=True)),
                ('told_by', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('lived_from', None), ('lived_until', None), ('lived_until__gte', models.F('lived_from')), _connector='OR'), name='address_left_after_it_was_taken')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='people.person')),
                ('given_names', models.CharField(blank=True, max_length=100)),
                ('family_name', models.CharField(max_length=100)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('why', models.CharField(choices=[('wrong', 'It was recorded wrongly'), ('changed', 'The name has changed since')], max_length=7)),
                ('reason', models.CharField(max_length=200)),
                ('corrected_at', models.DateTimeField()),
                ('corrected_by', models.CharField(max_length=60)),
            ],
            options={
                'ordering': ('-corrected_at',),
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='people.person')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('kind', models.CharField(choices=[('name', 'Name'), ('sound', 'Sound'), ('phone', 'Phone'), ('postcode', 'Postcode'), ('address', 'Address'), ('plate', 'Plate'), ('account', 'Account')], max_length=10)),
                ('text', models.CharField(max_length=100)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'text'], name='token_by_text')],
                'constraints': [models.UniqueConstraint(fields=('person', 'kind', 'text'), name='token_once_of_person')],
            },
        ),
        migrations.CreateModel(
            name='Confidential',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('kind', models.CharField(choices=[('home', 'Home address'), ('work', 'Place of work'), ('school', 'School or nursery'), ('phone', 'Phone'), ('email', 'Email'), ('vehicle', 'Vehicle registration'), ('other', 'Another place or detail')], max_length=10)),
                ('text', models.CharField(max_length=300)),
            ],
            options={
                'db_table': '"vault"."confidential"',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SafeContact',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='safe_contacts', to='people.person')),
                ('method', models.CharField(choices=[('phone', 'Phone call'), ('text', 'Text message'), ('email', 'Email'), ('advocate', 'Through the advocate'), ('in_person', 'In person'), ('none', 'No contact: ask the officer in the case')], max_length=10)),
                ('rule', models.CharField(blank=True, max_length=300)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_by', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('person',), name='one_safe_contact_of_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('superseded_at', None), ('superseded_by', '')), models.Q(('superseded_at__isnull', False), models.Q(('superseded_by', ''), _negated=True)), _connector='OR'), name='safe_contact_superseded_at_and_by_together')],
                'indexes': [],
            },
        ),
        watch("people_person", hidden=('description', 'warnings',)),
        watch("people_name"),
        watch("people_identifier"),
        watch("people_address", hidden=('told_by',)),
        watch('"vault"."confidential"', hidden=('text',)),
        watch("people_safecontact", hidden=('rule',)),
        watch("people_correction", hidden=('reason',)),
        # Nobody is made invisible to the order check unseen: a word he is found by goes with a line.
        migrations.RunSQL(
            "CREATE TRIGGER row_taken AFTER UPDATE OR DELETE ON people_token "
            "FOR EACH ROW EXECUTE FUNCTION audit_row_change('');",
            "DROP TRIGGER row_taken ON people_token;",
        ),
    ]
