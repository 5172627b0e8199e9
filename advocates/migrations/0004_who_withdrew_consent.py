from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit.actor import acting_as

WITHDRAWALS = ("withdraw_consent", "end_consent")


def who_withdrew(apps: Any, schema_editor: Any) -> None:
    """The log knows who withdrew each consent so far."""
    consent, entry = apps.get_model("advocates", "Consent"), apps.get_model("audit", "Entry")
    user = apps.get_model("accounts", "User")
    with acting_as("system:migration"):
        for row in consent.objects.filter(status="withdrawn"):
            told = entry.objects.filter(row_id=str(row.pk), verb__in=WITHDRAWALS).order_by("-pk")
            actor = told.values_list("actor", flat=True).first()
            row.withdrawn_by = user.objects.filter(username=actor).first() or row.recorded_by
            row.save(update_fields=["withdrawn_by"])


class Migration(migrations.Migration):
    dependencies = [
        ("advocates", "0003_consent_runs_out"),
        ("audit", "0001_initial"),
        ("casework", "0004_lists_by_index"),
        ("people", "0003_hide_how_to_reach"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consent",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(who_withdrew, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "withdrawn"),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                    ),
                    models.Q(
                        models.Q(("status", "withdrawn"), _negated=True),
                        ("withdrawn_at", None),
                        ("withdrawn_by", None),
                    ),
                    _connector="OR",
                ),
                name="a_withdrawn_consent_has_when_and_by_whom",
            ),
        ),
    ]
