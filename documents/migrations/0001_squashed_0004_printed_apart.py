"""Every table of the room as it is now, with what guards it."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("documents", "0001_initial"),
        ("documents", "0002_watch"),
        ("documents", "0003_one_living"),
        ("documents", "0004_printed_apart"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0001_squashed_0005_hide_free_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('about_id', models.UUIDField()),
                ('kind', models.CharField(max_length=40)),
                ('audience', models.CharField(choices=[('subject', 'The subject'), ('court', 'The court (the subject gets a copy)'), ('court_confidential', 'The court alone'), ('prosecutor', 'The prosecutor'), ('police', 'Police'), ('protected_person', 'The protected person'), ('advocate', 'The advocate')], max_length=20)),
                ('title', models.CharField(max_length=120)),
                ('status', models.CharField(choices=[('waiting', 'Being made'), ('made', 'Made'), ('blocked', 'Stopped: it may tell where a protected person is'), ('failed', 'Could not be made')], default='waiting', max_length=10)),
                ('stage', models.CharField(choices=[('asked', 'Asked for'), ('printed', 'Printed, to be searched'), ('spoilt', 'Cannot be printed, to be told')], default='asked', max_length=7)),
                ('snapshot', models.JSONField()),
                ('template_version', models.CharField(max_length=64)),
                ('html', models.TextField(blank=True)),
                ('proof', models.BinaryField(null=True)),
                ('file', models.CharField(blank=True, max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('pages', models.PositiveSmallIntegerField(null=True)),
                ('problem', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('asked_by', models.CharField(max_length=60)),
                ('due_at', models.DateTimeField(auto_now_add=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['case', '-asked_at'], name='documents_of_case'), models.Index(condition=models.Q(('status', 'waiting')), fields=['due_at'], name='document_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'made'), _negated=True), models.Q(models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True), ('made_at__isnull', False)), _connector='OR'), name='a_made_document_has_its_file_and_hash'), models.CheckConstraint(condition=models.Q(('proof', None), models.Q(('stage', 'printed'), ('status', 'waiting')), _connector='OR'), name='a_proof_is_kept_until_it_was_searched'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['blocked', 'failed']), _negated=True), models.Q(('file', ''), ('html', '')), _connector='OR'), name='what_was_stopped_keeps_nothing'), models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('about_id', 'kind', 'audience'), name='one_living_document_of_a_kind')],
            },
        ),
        watch("documents_document", hidden=('html', 'snapshot', 'proof',)),
    ]
