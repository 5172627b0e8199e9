"""Nobody steers the chain by the settings that a transaction remembers its stream in."""

from django.db import migrations

from audit.triggers import UNSTEERED


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_apart_from_the_service")]
    operations = [UNSTEERED]
