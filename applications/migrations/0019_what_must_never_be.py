"""What was decided has its day, its reason and its grounds; what is of a case has its force."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

from audit.actor import acting_as
from casework.repeated import repeats

# Of what was seeded to measure with: no act leaves it so
SAY_WHEN_AND_WHY = """
UPDATE applications_application
SET determined_on = coalesce(determined_on, lodged_on, (saved_at AT TIME ZONE 'Europe/London')::date),
    outcome_reason = CASE
        WHEN status <> 'granted' AND outcome_reason = '' THEN 'other' ELSE outcome_reason END
WHERE status IN ('granted', 'refused', 'withdrawn')
    AND (determined_on IS NULL OR (status <> 'granted' AND outcome_reason = ''))
"""


def say_when_and_why(apps: Any, schema_editor: Any) -> None:
    with acting_as("system:migration"), schema_editor.connection.cursor() as cursor:
        cursor.execute(SAY_WHEN_AND_WHY)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none waits when the table is altered


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0012_what_must_never_be'),
        ('applications', '0018_what_was_considered_and_recorded_wrongly'),
        ('casework', '0007_what_must_never_be'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(say_when_and_why, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='hearing',
            name='a_resulted_hearing_has_its_outcome',
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('determined_on', None), ('status__in', ['draft', 'submitted', 'authorised', 'lodged'])), models.Q(('determined_on__isnull', False), ('status', 'granted')), models.Q(('determined_on__isnull', False), ('status__in', ['refused', 'withdrawn']), models.Q(('outcome_reason', ''), _negated=True)), _connector='OR'), name='a_determined_application_has_its_day_and_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='hearing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'resulted'), models.Q(('outcome', ''), _negated=True), ('resulted_at__isnull', False), ('resulted_by__isnull', False)), models.Q(('status__in', ['listed', 'vacated']), ('outcome', ''), ('resulted_at', None), ('resulted_by', None)), _connector='OR'), name='a_resulted_hearing_has_its_outcome'),
        ),
        migrations.AddConstraint(
            model_name='request',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['received', 'accepted', 'declined', 'confirmed'])), name='request_status_is_known'),
        ),
        migrations.AddConstraint(
            model_name='thresholddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'proceed'), _negated=True), models.Q(('acts_shown', True), ('necessary', True), ('risk_shown', True)), _connector='OR'), name='taken_forward_on_all_three_grounds'),
        ),
        repeats("applications_request", "force_id"),
        repeats("applications_application", "force_id"),
        repeats("applications_authority", "force_id"),
        repeats("applications_hearing", "force_id"),
    ]
