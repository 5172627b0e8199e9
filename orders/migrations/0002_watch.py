from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("orders_order"),
        watch("orders_condition"),
        watch("orders_serviceattempt"),
        watch("orders_service"),
        watch("orders_variation"),
    ]
