from django.db import migrations

from audit.triggers import FUNCTIONS


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [FUNCTIONS]
