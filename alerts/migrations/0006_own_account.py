"""The person whose account it is hears of it in words of its own."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0010_another_address'),
        ('alerts', '0001_squashed_0005_of_an_account'),
        ('casework', '0001_squashed_0005_hide_free_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='alert',
            name='alert_without_a_case_is_of_an_account',
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.CheckConstraint(condition=models.Q(('case__isnull', False), ('kind__in', ['account_change', 'own_account_change']), _connector='XOR'), name='alert_without_a_case_is_of_an_account'),
        ),
    ]
