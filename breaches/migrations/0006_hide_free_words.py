"""The log, which can never forget, has none of the words that somebody wrote in a case: they may hold
what the vault holds."""

from django.db import migrations

from audit.triggers import watch

HIDDEN = {
    "breaches_breach": (
        "place",
        "what_happened",
        "log_reference",
        "victim_told_how",
        "outcome_note",
    ),
    "breaches_point": ("evidence", "asked"),
}
BEFORE: dict[str, tuple[str, ...]] = {"breaches_breach": ("place", "what_happened")}


def hide(table: str, columns: tuple[str, ...]) -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch(table, hidden=BEFORE.get(table, ()))
    return migrations.RunSQL(before.reverse_sql, before.sql), watch(table, hidden=columns)


class Migration(migrations.Migration):
    dependencies = [("breaches", "0005_hide_what_happened")]

    operations = [one for table, columns in HIDDEN.items() for one in hide(table, columns)]
