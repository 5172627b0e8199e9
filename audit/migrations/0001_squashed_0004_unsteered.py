"""Every table of the room as it is now, with what guards it."""

from django.db import migrations, models

from audit.triggers import APART, FUNCTIONS, UNSTEERED


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_functions"),
        ("audit", "0003_apart_from_the_service"),
        ("audit", "0004_unsteered"),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('row', 'A row was written'), ('event', 'Something happened'), ('look', 'Somebody looked')], max_length=5)),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('verb', models.TextField()),
                ('table', models.TextField()),
                ('row_id', models.TextField(blank=True)),
                ('case_id', models.UUIDField(null=True)),
                ('details', models.JSONField(default=dict)),
                ('stream', models.SmallIntegerField()),
                ('seq', models.BigIntegerField()),
                ('prev', models.BinaryField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('kind', 'event')), fields=['case_id', '-at'], name='entry_events_of_case'), models.Index(condition=models.Q(('kind', 'look')), fields=['case_id', '-at'], name='entry_looks_at_case'), models.Index(fields=['actor', '-at'], name='entry_of_actor')],
                'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='entry_once_in_stream')],
            },
        ),
        migrations.CreateModel(
            name='StreamHead',
            fields=[
                ('stream', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
                ('hash', models.BinaryField(default=bytes)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        FUNCTIONS,
        APART,
        UNSTEERED,
    ]
