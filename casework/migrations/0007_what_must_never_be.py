"""A case says why it is restricted; what repeats its force has its force."""

from django.conf import settings
from django.db import migrations, models

from casework.repeated import repeats, told


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_what_must_never_be'),
        ('casework', '0006_officer_of_a_clock'),
        ('people', '0010_find_by_birth'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField("case", "closed_at"),  # nothing ever wrote it
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['request', 'declined', 'drafting', 'court', 'order', 'ended'])), name='case_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('restricted', False), models.Q(('restricted_reason', ''), _negated=True), _connector='OR'), name='a_restricted_case_says_why'),
        ),
        told("casework_case", "force_id"),
        repeats("casework_deadline", "force_id"),
    ]
