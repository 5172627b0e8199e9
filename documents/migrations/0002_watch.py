from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("documents_document", hidden=("html", "snapshot")),
    ]
