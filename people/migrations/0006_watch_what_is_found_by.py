"""Nobody is made invisible to the order check unseen: a word he is found by goes with a line in the log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_one_safe_contact")]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER row_taken AFTER UPDATE OR DELETE ON people_token "
            "FOR EACH ROW EXECUTE FUNCTION audit_row_change('');",
            "DROP TRIGGER row_taken ON people_token;",
        )
    ]
