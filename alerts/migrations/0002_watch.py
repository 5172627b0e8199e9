from django.db import migrations

from audit.triggers import watch

SENT_IS_FINAL = migrations.RunSQL(
    """
    CREATE FUNCTION alerts_sent_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'alerts: message % was sent; it cannot be anything else', OLD.id; END $$;

    CREATE TRIGGER sent_is_final BEFORE UPDATE ON alerts_message FOR EACH ROW
    WHEN (OLD.state = 'sent' AND NEW.state <> 'sent') EXECUTE FUNCTION alerts_sent_is_final();
    """,
    "DROP FUNCTION alerts_sent_is_final CASCADE;",
)


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("alerts_alert"),
        watch("alerts_message"),
        SENT_IS_FINAL,
    ]
