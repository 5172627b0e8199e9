"""A consent has a status that we know."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocates', '0001_squashed_0005_hide_free_words'),
        ('casework', '0007_what_must_never_be'),
        ('people', '0010_find_by_birth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='consent',
            name='a_withdrawn_consent_has_when_and_by_whom',
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(('status__in', ['given', 'run_out']), ('withdrawn_at', None), ('withdrawn_by', None)), _connector='OR'), name='a_withdrawn_consent_has_when_and_by_whom'),
        ),
    ]
