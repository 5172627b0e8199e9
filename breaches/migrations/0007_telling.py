"""Each protected person is told of a breach by herself; how, the log does not keep."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    dependencies = [
        ('breaches', '0001_squashed_0006_hide_free_words'),
        ('casework', '0006_officer_of_a_clock'),
        ('people', '0001_squashed_0009_gender_by_choice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Telling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('told_at', models.DateTimeField()),
                ('how', models.CharField(max_length=300)),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tellings', to='breaches.breach')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('told_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('breach', 'person'), name='person_told_once_of_a_breach')],
            },
        ),
        watch("breaches_telling", hidden=("how",)),
    ]
