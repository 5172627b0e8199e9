from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("accounts_force"),
        watch("accounts_unit"),
        watch("accounts_organisation"),
        watch("accounts_user", hidden=("password",)),
        watch("accounts_grant"),
    ]
