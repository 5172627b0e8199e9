from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("notifications_station"),
        watch("notifications_duty"),
        watch("notifications_attendance"),
        watch("notifications_suspectedfailure"),
    ]
