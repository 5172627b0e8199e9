"""What a condition does to religion, work and education is answered, s2(3); what was recorded wrongly of
a hearing is kept; and somebody says whether another record with an order is of the subject.

That somebody looked, which a tick said, is no answer to what was found: the ticks go, and each condition
is asked again. An application that was authorised with them is another text now, and is sent again.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


BEFORE = (
    "text",
    "short",
    "necessity",
    "evidence",
    "monitoring",
    "checks_note",
    "clash_note",
    "locality",
    "slots",
)


def hide_the_note() -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch("applications_proposedcondition", hidden=BEFORE)
    after = watch("applications_proposedcondition", hidden=(*BEFORE, "interference_note"))
    return migrations.RunSQL(before.reverse_sql, before.sql), after


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0017_police_area_of_a_court'),
        ('casework', '0006_officer_of_a_clock'),
        ('people', '0010_find_by_birth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name='proposedcondition',
            name='checked_education',
        ),
        migrations.RemoveField(
            model_name='proposedcondition',
            name='checked_religion',
        ),
        migrations.RemoveField(
            model_name='proposedcondition',
            name='checked_work',
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='conflicts_with_religion',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='interference_note',
            field=models.TextField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='interferes_with_education',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='proposedcondition',
            name='interferes_with_work',
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='WrongResult',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('adjourned', 'Adjourned'), ('interim_order', 'Interim order made'), ('full_order', 'Full order made'), ('refused', 'Application refused'), ('withdrawn', 'Application withdrawn'), ('variation_decided', 'Variation, renewal or discharge decided')], max_length=20)),
                ('outcome_reason', models.CharField(blank=True, max_length=40)),
                ('outcome_note', models.TextField(blank=True, max_length=4000)),
                ('next_starts_at', models.DateTimeField(blank=True, null=True)),
                ('resulted_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField()),
                ('superseded_reason', models.TextField(max_length=1000)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('hearing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wrong_results', to='applications.hearing')),
                ('resulted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('superseded_at',),
            },
        ),
        migrations.CreateModel(
            name='OtherRecord',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('same', models.BooleanField()),
                ('reason', models.CharField(max_length=200)),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='other_records', to='applications.application')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'subject', 'person'), name='answered_once_about_a_record')],
            },
        ),
        *hide_the_note(),
        watch("applications_wrongresult", hidden=("outcome_note", "superseded_reason")),
        watch("applications_otherrecord", hidden=("reason",)),
    ]
