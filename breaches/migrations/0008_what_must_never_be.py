"""A breach is of its order, of a condition of that order, and happened before it was reported."""

from django.conf import settings
from django.db import migrations, models

from casework.repeated import repeats


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_what_must_never_be'),
        ('breaches', '0007_telling'),
        ('casework', '0007_what_must_never_be'),
        ('orders', '0012_what_must_never_be'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('reported_at'))), name='a_breach_happened_before_it_was_reported'),
        ),
        repeats("breaches_breach", "force_id"),
        repeats("breaches_breach", "case_id", key="order_id", of="orders_order"),
        repeats("breaches_breach", "order_id", key="condition_id", of="orders_condition"),
    ]
