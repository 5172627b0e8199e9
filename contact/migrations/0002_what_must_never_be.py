"""What a protected person is told in a case has the force of that case."""

from django.db import migrations

from casework.repeated import repeats


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_what_must_never_be"),
        ("contact", "0001_what_she_is_told"),
    ]

    operations = [
        repeats("contact_matter", "force_id"),
        repeats("contact_telling", "force_id"),
    ]
