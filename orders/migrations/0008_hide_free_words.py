"""The log, which can never forget, has none of the words that somebody wrote in a case: they may hold
what the vault holds."""

from django.db import migrations

from audit.triggers import watch

HIDDEN = {
    "orders_condition": ("necessity", "text", "short", "locality"),
    "orders_order": ("court_reference", "legal_answer"),
    "orders_service": (
        "place",
        "served_by_name",
        "collar_number",
        "interpreter",
        "reaction",
        "footage_reference",
        "superseded_reason",
    ),
    "orders_serviceattempt": ("place", "what_happened", "footage_reference"),
    "orders_variation": ("grounds", "decision_note", "changes", "decided_changes"),
}
BEFORE: dict[str, tuple[str, ...]] = {}


def hide(table: str, columns: tuple[str, ...]) -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch(table, hidden=BEFORE.get(table, ()))
    return migrations.RunSQL(before.reverse_sql, before.sql), watch(table, hidden=columns)


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_binds_him_by_the_end_of_the_act")]

    operations = [one for table, columns in HIDDEN.items() for one in hide(table, columns)]
