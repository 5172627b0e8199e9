"""Each court gets the police area that it lies in, s10(2); the starter list's are filled where certain.

There is a Newport in Gwent and one on the Isle of Wight, so nothing is said of that court.
"""

import csv
from pathlib import Path
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from audit.actor import acting_as

AREAS = Path(__file__).resolve().parent.parent / "data" / "court_areas.csv"


def fill(apps: Any, schema_editor: Any) -> None:
    court = apps.get_model("applications", "Court")
    with AREAS.open(encoding="utf-8") as file, acting_as("system:migration"):
        for row in csv.DictReader(file):
            court.objects.filter(name=row["court"], area=None).update(area=row["area"])
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none waits when the table is altered


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_another_address"),
        ("applications", "0016_lists_of_each_force"),
    ]

    operations = [
        migrations.AddField(
            model_name="court",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.force",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
