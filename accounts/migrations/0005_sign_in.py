from django.db import migrations

from audit.triggers import watch

CACHE = """
CREATE TABLE IF NOT EXISTS spo_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS spo_cache_expires ON spo_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_remove_user_last_login_apitoken")]
    operations = [
        watch("accounts_apitoken", hidden=("key_hash",)),
        # The rate limits of sign-in count here. Not under the log: it forgets by design.
        migrations.RunSQL(CACHE, "DROP TABLE spo_cache"),
    ]
