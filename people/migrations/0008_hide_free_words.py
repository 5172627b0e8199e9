"""The log, which can never forget, has none of the words that somebody wrote in a case: they may hold
what the vault holds."""

from django.db import migrations

from audit.triggers import watch

HIDDEN = {
    "people_address": ("told_by",),
    "people_correction": ("reason",),
    "people_person": ("description", "warnings"),
}
BEFORE: dict[str, tuple[str, ...]] = {}


def hide(table: str, columns: tuple[str, ...]) -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch(table, hidden=BEFORE.get(table, ()))
    return migrations.RunSQL(before.reverse_sql, before.sql), watch(table, hidden=columns)


class Migration(migrations.Migration):
    dependencies = [("people", "0007_corrections_are_kept")]

    operations = [one for table, columns in HIDDEN.items() for one in hide(table, columns)]
