"""When somebody was arrested for a breach; the log has neither by whom nor the custody record."""

from django.db import migrations, models

from audit.triggers import watch

WORDS = ("place", "what_happened", "log_reference", "outcome_note")
BEFORE = watch("breaches_breach", hidden=WORDS)


class Migration(migrations.Migration):

    dependencies = [
        ('breaches', '0009_told_in_contact'),
    ]

    operations = [
        migrations.AddField(
            model_name='breach',
            name='arrested_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='breach',
            name='arrested_by_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='breach',
            name='custody_reference',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('arrested_at', None), ('arrested_at__gte', models.F('happened_at')), _connector='OR'), name='a_breach_happened_before_the_arrest'),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('arrested_at', None), ('arrested_by_name', ''), ('custody_reference', '')), models.Q(('arrested_at__isnull', False), models.Q(('arrested_by_name', ''), _negated=True)), _connector='OR'), name='breach_arrested_at_and_by_together'),
        ),
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        watch("breaches_breach", hidden=(*WORDS, "arrested_by_name", "custody_reference")),
    ]
