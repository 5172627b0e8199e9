from django.db import migrations

from audit.triggers import watch


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("audit", "0002_functions")]
    operations = [
        watch("applications_court"),
        watch("applications_request"),
        watch("applications_thresholddecision"),
        watch("applications_application"),
        watch("applications_stalkingact"),
        watch("applications_proposedcondition"),
        watch("applications_authority"),
        watch("applications_hearing"),
    ]
