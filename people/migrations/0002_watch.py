from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("people_person"),
        watch("people_name"),
        watch("people_identifier"),
        watch("people_address"),
        watch('"vault"."confidential"', hidden=("text",)),
        watch("people_safecontact"),
    ]
