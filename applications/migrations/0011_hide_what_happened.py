"""Free words may hold what the vault holds, and the log can never forget: it does not have them."""

from django.db import migrations

from audit.triggers import watch

REQUEST = watch("applications_request", hidden=("safe_contact",))
ACT = watch("applications_stalkingact")


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_requesters_told")]

    operations = [
        migrations.RunSQL(REQUEST.reverse_sql, REQUEST.sql),
        watch("applications_request", hidden=("safe_contact", "concerns")),
        migrations.RunSQL(ACT.reverse_sql, ACT.sql),
        watch("applications_stalkingact", hidden=("place", "description")),
    ]
