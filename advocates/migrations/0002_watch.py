from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("advocates", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("advocates_consent"),
    ]
