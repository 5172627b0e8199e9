"""Lists walk the index of the reader's own force. A record of a case has the force of its case."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from audit.actor import acting_as

LISTED = ("request", "application", "authority", "hearing")
OF_ITS_CASE = """
UPDATE applications_{name} AS row SET force_id = held.force_id
FROM casework_case AS held WHERE held.id = row.case_id
"""


def of_its_case(apps: Any, schema_editor: Any) -> None:
    with acting_as("system:migration"), schema_editor.connection.cursor() as cursor:
        for name in LISTED:
            cursor.execute(OF_ITS_CASE.format(name=name))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none waits when the tables are altered


def force(*, null: bool) -> Any:
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.force",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("applications", "0015_who_sent_it"),
    ]

    operations = [
        *(migrations.AddField(name, "force", force(null=True)) for name in LISTED),
        migrations.RunPython(of_its_case, migrations.RunPython.noop),
        *(migrations.AlterField(name, "force", force(null=False)) for name in LISTED),
        migrations.RemoveIndex("request", "request_newest_ask"),
        migrations.RemoveIndex("application", "application_newest_saved"),
        migrations.RemoveIndex("authority", "authority_newest"),
        migrations.RemoveIndex("hearing", "hearing_soonest"),
        migrations.AddIndex(
            "request", models.Index(fields=["force", "-asked_at", "id"], name="requests_of_force")
        ),
        migrations.AddIndex(
            "application",
            models.Index(fields=["force", "-saved_at", "id"], name="applications_of_force"),
        ),
        migrations.AddIndex(
            "authority",
            models.Index(fields=["force", "-decided_at", "id"], name="authorities_of_force"),
        ),
        migrations.AddIndex(
            "hearing", models.Index(fields=["force", "starts_at", "id"], name="hearings_of_force")
        ),
    ]
