"""The log, which can never forget, has none of the words that somebody wrote in a case: they may hold
what the vault holds."""

from django.db import migrations

from audit.triggers import watch

HIDDEN = {
    "casework_case": ("restricted_reason",),
    "casework_party": ("called", "relationship"),
}
BEFORE: dict[str, tuple[str, ...]] = {}


def hide(table: str, columns: tuple[str, ...]) -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch(table, hidden=BEFORE.get(table, ()))
    return migrations.RunSQL(before.reverse_sql, before.sql), watch(table, hidden=columns)


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_lists_by_index")]

    operations = [one for table, columns in HIDDEN.items() for one in hide(table, columns)]
