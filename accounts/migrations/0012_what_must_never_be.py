"""Access that is taken away is taken away by somebody."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_sessions_of_the_advocates'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), models.Q(('revoked_by__isnull', False), ('basis', 'consent'), _connector='OR')), _connector='OR'), name='grant_revoked_at_and_by_together'),
        ),
    ]
