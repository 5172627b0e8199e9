"""A document has the force of its case, and a status that we know."""

from django.db import migrations, models

from casework.repeated import repeats


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_what_must_never_be'),
        ('casework', '0007_what_must_never_be'),
        ('documents', '0005_lists_of_each_force'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'made', 'blocked', 'failed'])), name='document_status_is_known'),
        ),
        repeats("documents_document", "force_id"),
    ]
