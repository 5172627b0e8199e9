"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("advocates", "0001_initial"),
        ("advocates", "0002_watch"),
        ("advocates", "0003_consent_runs_out"),
        ("advocates", "0004_who_withdrew_consent"),
        ("advocates", "0005_hide_free_words"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('casework', '0001_squashed_0005_hide_free_words'),
        ('people', '0001_squashed_0009_gender_by_choice'),
    ]

    operations = [
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='casework.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('advocate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('status', models.CharField(choices=[('given', 'Given'), ('withdrawn', 'Withdrawn'), ('run_out', 'Run out')], default='given', max_length=10)),
                ('given_on', models.DateField()),
                ('valid_until', models.DateField()),
                ('how', models.CharField(max_length=200)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('given_on'))), name='consent_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(models.Q(('status', 'withdrawn'), _negated=True), ('withdrawn_at', None), ('withdrawn_by', None)), _connector='OR'), name='a_withdrawn_consent_has_when_and_by_whom'), models.UniqueConstraint(condition=models.Q(('status', 'given')), fields=('case', 'person', 'advocate'), name='one_living_consent')],
                'indexes': [],
            },
        ),
        watch("advocates_consent", hidden=('how',)),
    ]
