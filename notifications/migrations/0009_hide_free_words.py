"""The log, which can never forget, has none of the words that somebody wrote in a case: they may hold
what the vault holds."""

from django.db import migrations

from audit.triggers import watch

HIDDEN = {
    "notifications_attendance": (
        "received_by_name",
        "authorised_by_name",
        "identity_check",
        "excuse",
        "superseded_reason",
    ),
    "notifications_duty": ("told_by", "soa_note", "superseded_reason"),
    "notifications_suspectedfailure": ("suspicion", "reason"),
}
BEFORE: dict[str, tuple[str, ...]] = {}


def hide(table: str, columns: tuple[str, ...]) -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch(table, hidden=BEFORE.get(table, ()))
    return migrations.RunSQL(before.reverse_sql, before.sql), watch(table, hidden=columns)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0008_what_was_recorded_wrongly")]

    operations = [one for table, columns in HIDDEN.items() for one in hide(table, columns)]
