"""The advocates' site keeps its sessions and what it counts apart, in a schema of its own.

Its role reads and writes these two; the police's it cannot see. See `spo_cases.windows`.
"""

from django.db import migrations

APART = """
CREATE SCHEMA IF NOT EXISTS advocates;
CREATE TABLE advocates.django_session (LIKE public.django_session INCLUDING ALL);
CREATE TABLE advocates.spo_cache (LIKE public.spo_cache INCLUDING ALL);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_squashed_0010_another_address"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(APART, "DROP TABLE advocates.django_session, advocates.spo_cache"),
    ]
