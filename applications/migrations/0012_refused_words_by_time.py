from django.db import migrations


class Migration(migrations.Migration):
    """The clock asks every minute who was refused of late: of all the log, it reads those lines alone."""

    dependencies = [("applications", "0011_hide_what_happened"), ("audit", "0002_functions")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX entry_words_refused ON audit_entry (at, actor) WHERE verb = 'given_away'",
            "DROP INDEX entry_words_refused",
        )
    ]
