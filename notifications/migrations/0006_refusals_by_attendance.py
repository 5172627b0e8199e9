from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from audit.actor import acting_as

REFUSAL = "ST19005"


def name_the_attendance(apps: Any, schema_editor: Any) -> None:
    """So far there was one refusal of a duty: that of its first attendance with one on that day."""
    failure = apps.get_model("notifications", "SuspectedFailure")
    attendance = apps.get_model("notifications", "Attendance")
    refused = models.Q(fingerprints="refused") | models.Q(photograph="refused")
    with acting_as("system:migration"):
        for row in failure.objects.filter(offence_code=REFUSAL):
            came = attendance.objects.filter(refused, duty_id=row.duty_id)
            on_that_day = came.filter(attended_at__date=row.failed_from)
            row.attendance = on_that_day.order_by("attended_at").first() or came.first()
            row.save(update_fields=["attendance"])


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("notifications", "0005_statuses_with_their_days"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="suspectedfailure", name="one_failure_of_a_duty"),
        migrations.AddField(
            model_name="suspectedfailure",
            name="attendance",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="refusals",
                to="notifications.attendance",
            ),
        ),
        migrations.RunPython(name_the_attendance, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="suspectedfailure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attendance", None)),
                fields=("duty", "offence_code"),
                name="one_failure_of_a_duty",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectedfailure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("attendance__isnull", False)),
                fields=("attendance", "offence_code"),
                name="one_refusal_at_an_attendance",
            ),
        ),
        migrations.AddConstraint(
            model_name="suspectedfailure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendance__isnull", False), ("offence_code", REFUSAL)),
                    models.Q(
                        models.Q(("offence_code", REFUSAL), _negated=True), ("attendance", None)
                    ),
                    _connector="OR",
                ),
                name="a_refusal_names_its_attendance",
            ),
        ),
    ]
