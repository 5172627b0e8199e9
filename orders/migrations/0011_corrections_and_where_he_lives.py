"""What was recorded of an order was wrong, and is put right; where he lives may be not known."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.triggers import watch


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0006_officer_of_a_clock'),
        ('orders', '0010_lists_of_each_force'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('record', 'We recorded it wrongly'), ('court', 'The court corrected its order')], max_length=6)),
                ('corrected_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(max_length=300)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('give_again', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('recorded_at',),
            },
        ),
        migrations.RemoveConstraint(
            model_name='service',
            name='one_living_service_of_each_wording',
        ),
        migrations.AddField(
            model_name='variation',
            name='lives_outside',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='variation',
            constraint=models.CheckConstraint(condition=models.Q(('lives_outside', False), ('residence_force', None), _connector='OR'), name='who_lives_outside_lives_in_no_force_s_area'),
        ),
        migrations.AddField(
            model_name='correction',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case'),
        ),
        migrations.AddField(
            model_name='correction',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='orders.order'),
        ),
        migrations.AddField(
            model_name='correction',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='service',
            name='correction',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='orders.correction'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('order', 'variation', 'correction'), name='one_living_service_of_each_wording', nulls_distinct=False, violation_error_message='Service of these words is recorded already'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('variation', None), ('correction', None), _connector='OR'), name='service_is_of_one_wording'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrected_on__isnull', False), ('kind', 'court')), models.Q(('corrected_on', None), ('kind', 'record')), _connector='OR'), name='the_day_of_a_court_s_own_correction'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_correction_has_its_reason'),
        ),
        watch("orders_correction", hidden=("reason", "before", "after")),
    ]
