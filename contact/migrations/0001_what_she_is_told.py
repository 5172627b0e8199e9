"""What protected persons are told has a room of its own; what somebody wrote of it is in no log."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0006_officer_of_a_clock'),
        ('people', '0010_find_by_birth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('status', models.CharField(choices=[('told', 'Told'), ('not_told', 'Could not be told')], max_length=8)),
                ('told_at', models.DateTimeField()),
                ('told_by_name', models.CharField(max_length=120)),
                ('how', models.CharField(blank=True, choices=[('phone', 'By phone, to the person'), ('text', 'By text message, which the person answered'), ('email', 'By email, which the person answered'), ('advocate', 'Through the advocate, who confirmed it'), ('in_person', 'In person'), ('in_court', 'In person, at court'), ('other', 'In another way')], max_length=9)),
                ('other_way', models.CharField(blank=True, max_length=300)),
                ('said', models.TextField(blank=True, max_length=2000)),
                ('why_not', models.CharField(blank=True, max_length=300)),
                ('try_again_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_reason', models.CharField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agreed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.safecontact')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('declined', 'that the police decided not to apply'), ('listed', 'when the court meets'), ('vacated', 'that the court does not meet on that day'), ('adjourned', 'that the court put the hearing off'), ('put_right', 'that a result was recorded wrongly'), ('refused', 'that the court did not make an order'), ('withdrawn', 'that the application was withdrawn'), ('made', 'that the court made an order'), ('served', 'that the order was served'), ('varied', 'that the court changed the order'), ('renewed', 'that the court renewed the order'), ('not_changed', 'that the order stays as it was'), ('corrected', 'that the order was recorded wrongly'), ('ending', 'that the order is about to end'), ('ended', 'that the order has ended'), ('breach', 'of the reported breach, safely'), ('decided', 'what was decided about the breach')], max_length=11)),
                ('about_id', models.UUIDField()),
                ('of_day', models.DateField(blank=True, null=True)),
                ('code', models.CharField(blank=True, max_length=10)),
                ('happened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('whole_day', models.BooleanField()),
                ('status', models.CharField(choices=[('waiting', 'Waits to be told'), ('told', 'Told'), ('overtaken', 'Overtaken by what happened later')], default='waiting', max_length=9)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('telling', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='contact.telling')),
            ],
        ),
        migrations.AddIndex(
            model_name='telling',
            index=models.Index(fields=['force', '-recorded_at', 'id'], name='tellings_of_force'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'told'), ('try_again_at', None), ('why_not', ''), models.Q(('how', ''), _negated=True)), models.Q(('status', 'not_told'), ('try_again_at__isnull', False), models.Q(('why_not', ''), _negated=True)), _connector='OR'), name='told_somehow_or_why_not'),
        ),
        migrations.AddConstraint(
            model_name='telling',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('superseded_at', None), ('superseded_by', None), ('superseded_reason', '')), models.Q(('superseded_at__isnull', False), ('superseded_by__isnull', False), models.Q(('superseded_reason', ''), _negated=True)), _connector='OR'), name='telling_superseded_at_by_and_why_together'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['force', '-happened_at', 'id'], name='matters_of_force'),
        ),
        migrations.AddIndex(
            model_name='matter',
            index=models.Index(fields=['about_id', 'kind'], name='matters_about_a_record'),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.UniqueConstraint(fields=('case', 'person', 'kind', 'about_id', 'of_day'), name='person_told_once_of_a_matter', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='matter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at', None), ('status', 'waiting'), ('telling', None)), models.Q(('settled_at__isnull', False), ('status', 'told'), ('telling__isnull', False)), models.Q(('settled_at__isnull', False), ('status', 'overtaken'), ('telling', None)), _connector='OR'), name='matter_status_has_its_stamps'),
        ),
        watch(
            "contact_telling",
            hidden=("told_by_name", "other_way", "said", "why_not", "superseded_reason"),
        ),
        watch("contact_matter"),
    ]
