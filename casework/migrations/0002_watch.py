from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("casework_case"),
        watch("casework_party"),
        watch("casework_deadline"),
    ]
