"""The log, which can never forget, has none of the words that somebody wrote in a case: they may hold
what the vault holds."""

from django.db import migrations

from audit.triggers import watch

HIDDEN = {
    "applications_application": (
        "area_reason",
        "risk",
        "risk_tool",
        "necessity",
        "victim_view",
        "not_consulted_reason",
        "other_orders",
        "criminal_reference",
        "duration_reason",
        "interim_reason",
        "no_notice_reason",
        "court_reference",
        "outcome_note",
    ),
    "applications_authority": (
        "acts_reason",
        "risk_reason",
        "necessity_reason",
        "note",
        "void_reason",
        "content",
    ),
    "applications_hearing": (
        "room",
        "no_notice_reason",
        "special_measures",
        "interpreter",
        "outcome_note",
    ),
    "applications_proposedcondition": (
        "text",
        "short",
        "necessity",
        "evidence",
        "monitoring",
        "checks_note",
        "clash_note",
        "locality",
        "slots",
    ),
    "applications_request": (
        "asker_name",
        "crime_reference",
        "subject_as_told",
        "concerns",
        "client_as_told",
        "safe_contact",
    ),
    "applications_stalkingact": ("place", "description", "exhibit"),
    "applications_thresholddecision": (
        "acts_reason",
        "risk_reason",
        "necessary_reason",
        "told_requester",
        "told_how",
    ),
}
BEFORE: dict[str, tuple[str, ...]] = {
    "applications_request": ("safe_contact", "concerns"),
    "applications_stalkingact": ("place", "description"),
}


def hide(table: str, columns: tuple[str, ...]) -> tuple[migrations.RunSQL, migrations.RunSQL]:
    before = watch(table, hidden=BEFORE.get(table, ()))
    return migrations.RunSQL(before.reverse_sql, before.sql), watch(table, hidden=columns)


class Migration(migrations.Migration):
    dependencies = [("applications", "0013_courts_by_kind_and_force")]

    operations = [one for table, columns in HIDDEN.items() for one in hide(table, columns)]
