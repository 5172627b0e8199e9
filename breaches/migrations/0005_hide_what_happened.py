"""Free words may hold what the vault holds, and the log can never forget: it does not have them."""

from django.db import migrations

from audit.triggers import watch

OPEN = watch("breaches_breach")


class Migration(migrations.Migration):
    dependencies = [("breaches", "0004_statuses_with_their_stamps")]

    operations = [
        migrations.RunSQL(OPEN.reverse_sql, OPEN.sql),
        watch("breaches_breach", hidden=("place", "what_happened")),
    ]
