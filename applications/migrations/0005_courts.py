from pathlib import Path

from django.db import migrations

from audit.actor import acting_as

COURTS = Path(__file__).resolve().parent.parent / "data" / "courts.txt"


def load(apps, schema_editor):
    court = apps.get_model("applications", "Court")
    names = COURTS.read_text(encoding="utf-8").splitlines()
    with acting_as("task:migrate"):
        court.objects.bulk_create((court(name=n) for n in names), ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_versions_of_acts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
