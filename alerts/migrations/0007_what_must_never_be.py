"""An alert about a case has the force of its case."""

from django.db import migrations

from casework.repeated import repeats


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0006_own_account"),
        ("casework", "0007_what_must_never_be"),
    ]

    operations = [repeats("alerts_alert", "force_id")]
