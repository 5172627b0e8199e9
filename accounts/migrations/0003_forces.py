import csv
from pathlib import Path

from django.db import migrations

from audit.actor import acting_as

FORCES = Path(__file__).resolve().parent.parent / "data" / "police_forces.csv"


def load(apps, schema_editor):
    force = apps.get_model("accounts", "Force")
    with FORCES.open(encoding="utf-8") as file, acting_as("task:migrate"):
        force.objects.bulk_create(
            force(**{name: row[name] for name in ("code", "name", "prefix", "kind", "region")})
            for row in csv.DictReader(file)
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_watch")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
