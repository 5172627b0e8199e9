"""A duty has the case of its order, and the force of its case."""

from django.db import migrations

from casework.repeated import repeats


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0012_does_his_attendance_count"),
        ("orders", "0012_what_must_never_be"),
    ]

    operations = [
        repeats("notifications_duty", "force_id"),
        repeats("notifications_duty", "case_id", key="order_id", of="orders_order"),
    ]
