from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("breaches", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("breaches_breach"),
        watch("breaches_point"),
    ]
