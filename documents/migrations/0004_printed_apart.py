"""A print waits in its row for the search, which another worker does. The log never holds it."""

from django.db import migrations, models

from audit.triggers import watch

BEFORE = watch("documents_document", hidden=("html", "snapshot"))

class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_advocates_are_kept_by_one_force'),
        ('casework', '0004_lists_by_index'),
        ('documents', '0003_one_living'),
    ]

    operations = [
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        watch("documents_document", hidden=("html", "snapshot", "proof")),
        migrations.AddField(
            model_name='document',
            name='proof',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='document',
            name='stage',
            field=models.CharField(choices=[('asked', 'Asked for'), ('printed', 'Printed, to be searched'), ('spoilt', 'Cannot be printed, to be told')], default='asked', max_length=7),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('proof', None), models.Q(('stage', 'printed'), ('status', 'waiting')), _connector='OR'), name='a_proof_is_kept_until_it_was_searched'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['blocked', 'failed']), _negated=True), models.Q(('file', ''), ('html', '')), _connector='OR'), name='what_was_stopped_keeps_nothing'),
        ),
    ]
