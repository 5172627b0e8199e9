"""Who acts is named in the transaction itself, never by what a role or a database is set to.

After the one migration that named its actor the old way.
"""

from django.db import migrations

from audit.triggers import NAMED


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_squashed_0004_unsteered"),
        ("notifications", "0010_hand_over_the_acknowledgement"),
    ]
    operations = [NAMED]
