"""The service need not own the log, nor may it say when a line was written."""

from django.db import migrations

from audit.triggers import APART


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_functions")]
    operations = [APART]
