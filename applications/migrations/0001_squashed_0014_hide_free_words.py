"""Every table of the room as it is now, with what guards it."""

from pathlib import Path
import uuid

import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from audit.actor import acting_as
from audit.triggers import watch

COURTS = Path(__file__).resolve().parent.parent / "data" / "courts.txt"


def load(apps, schema_editor):
    court = apps.get_model("applications", "Court")
    names = COURTS.read_text(encoding="utf-8").splitlines()
    with acting_as("task:migrate"):
        court.objects.bulk_create((court(name=n) for n in names), ignore_conflicts=True)


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("applications", "0001_initial"),
        ("applications", "0002_watch"),
        ("applications", "0003_looks_returns_and_reasons"),
        ("applications", "0004_versions_of_acts"),
        ("applications", "0005_courts"),
        ("applications", "0006_lists"),
        ("applications", "0007_say_their_advocate"),
        ("applications", "0008_clashes"),
        ("applications", "0009_client_of_an_ask"),
        ("applications", "0010_requesters_told"),
        ("applications", "0011_hide_what_happened"),
        ("applications", "0012_refused_words_by_time"),
        ("applications", "0013_courts_by_kind_and_force"),
        ("applications", "0014_hide_free_words"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('casework', '0001_squashed_0005_hide_free_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Court',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('magistrates', 'Magistrates’ court'), ('youth', 'Youth court')], default='magistrates', max_length=11)),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='court_once', violation_error_message='This court is in the list')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ClosedCourt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('court', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closings', to='applications.court')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('court', 'force'), name='court_closed_once_by_a_force')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='casework.case')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Waits for authority'), ('authorised', 'Authorised'), ('lodged', 'Lodged'), ('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='draft', max_length=10)),
                ('drafter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('area_limb', models.CharField(blank=True, choices=[('resides', "He lives in this force's area"), ('believed_in', "He is believed to be in this force's area"), ('intends', "He is believed to intend to come to this force's area"), ('none_needed', 'This force has no area (BTP, MDP)')], max_length=12)),
                ('area_reason', models.TextField(blank=True, max_length=2000)),
                ('risk', models.TextField(blank=True, max_length=10000)),
                ('risk_tool', models.CharField(blank=True, max_length=40)),
                ('risk_level', models.CharField(blank=True, choices=[('standard', 'Standard or low'), ('medium', 'Medium or moderate'), ('high', 'High')], max_length=10)),
                ('necessity', models.TextField(blank=True, max_length=10000)),
                ('victim_view', models.TextField(blank=True, max_length=4000)),
                ('consulted', models.CharField(blank=True, choices=[('victim', 'The protected person'), ('advocate', 'Their advocate'), ('both', 'Both'), ('not_asked', 'Nobody')], max_length=20)),
                ('not_consulted_reason', models.TextField(blank=True, max_length=2000)),
                ('other_orders', models.TextField(blank=True, max_length=2000)),
                ('criminal_case', models.CharField(blank=True, choices=[('none', 'No criminal case'), ('investigation', 'Under investigation'), ('charged', 'Charged'), ('concluded', 'Concluded')], max_length=15)),
                ('criminal_reference', models.CharField(blank=True, max_length=40)),
                ('duration', models.CharField(blank=True, choices=[('fixed', 'A fixed period'), ('further_order', 'Until further order')], max_length=15)),
                ('asked_until', models.DateField(blank=True, null=True)),
                ('duration_reason', models.TextField(blank=True, max_length=2000)),
                ('interim_sought', models.BooleanField(blank=True, null=True)),
                ('interim_reason', models.TextField(blank=True, max_length=2000)),
                ('notice_given', models.BooleanField(blank=True, null=True)),
                ('no_notice_reason', models.TextField(blank=True, max_length=2000)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('court', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.court')),
                ('lodged_on', models.DateField(blank=True, null=True)),
                ('court_reference', models.CharField(blank=True, max_length=40)),
                ('determined_on', models.DateField(blank=True, null=True)),
                ('outcome_reason', models.CharField(blank=True, max_length=40)),
                ('outcome_note', models.TextField(blank=True, max_length=4000)),
                ('version', models.PositiveIntegerField(default=1)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('saved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['-saved_at', 'id'], name='application_newest_saved')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'authorised', 'lodged'])), fields=('case',), name='one_application_under_way_in_a_case'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['lodged', 'granted', 'refused']), _negated=True), models.Q(('court__isnull', False), ('lodged_on__isnull', False)), _connector='OR'), name='a_lodged_application_has_court_and_day'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['submitted', 'authorised', 'lodged', 'granted', 'refused']), _negated=True), models.Q(('asked_until__isnull', False), ('duration', 'fixed')), models.Q(('asked_until', None), ('duration', 'further_order')), _connector='OR'), name='a_fixed_period_has_its_last_day')],
            },
        ),
        migrations.CreateModel(
            name='StalkingAct',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='applications.application')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('kind', models.CharField(choices=[('following', 'Following a person'), ('contacting', 'Contacting a person, or trying to, by any means'), ('publishing', 'Publishing material about a person, or as if it came from that person'), ('monitoring', 'Monitoring a person’s use of the internet, email or other messages'), ('loitering', 'Loitering in a place, public or private'), ('interfering', 'Interfering with property that a person has'), ('watching_or_spying', 'Watching or spying on a person'), ('other', 'Another act, or a failure to act, that goes with stalking')], max_length=20)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('time', models.TimeField(blank=True, null=True)),
                ('place', models.CharField(blank=True, max_length=200)),
                ('description', models.TextField(max_length=4000)),
                ('exhibit', models.CharField(blank=True, max_length=60)),
                ('online', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('from_on', 'time', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='act_ends_after_it_begins')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ProposedCondition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='applications.application')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('prohibition', 'Prohibition'), ('requirement', 'Requirement')], max_length=11)),
                ('library_code', models.CharField(blank=True, max_length=8)),
                ('library_version', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('slots', models.JSONField(blank=True, default=dict)),
                ('text', models.TextField(blank=True, max_length=2000)),
                ('short', models.CharField(blank=True, max_length=120)),
                ('necessity', models.TextField(blank=True, max_length=4000)),
                ('evidence', models.CharField(blank=True, max_length=200)),
                ('monitoring', models.TextField(blank=True, max_length=2000)),
                ('checked_religion', models.BooleanField(default=False)),
                ('checked_work', models.BooleanField(default=False)),
                ('checked_education', models.BooleanField(default=False)),
                ('checks_note', models.TextField(blank=True, max_length=1000)),
                ('clash', models.CharField(blank=True, choices=[('none', 'None: it can stand beside every order in force'), ('spo', 'Stalking protection order'), ('interim_spo', 'Interim stalking protection order'), ('bail', 'Bail condition'), ('restraining', 'Restraining order'), ('non_molestation', 'Non-molestation order'), ('dapo', 'Domestic abuse protection order'), ('shpo', 'Sexual harm prevention order'), ('other', 'Other order')], max_length=15)),
                ('clash_note', models.TextField(blank=True, max_length=1000)),
                ('discloses_location', models.BooleanField(blank=True, null=True)),
                ('locality', models.CharField(blank=True, max_length=200)),
                ('own_last_day', models.DateField(blank=True, null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('application', 'position'), name='one_condition_at_a_position'), models.CheckConstraint(condition=models.Q(models.Q(('clash__in', ['', 'none']), ('clash_note', '')), models.Q(models.Q(('clash__in', ['', 'none']), _negated=True), models.Q(('clash_note', ''), _negated=True)), _connector='OR'), name='a_clash_has_its_reason')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='applications.application')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('drafter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField()),
                ('decision', models.CharField(choices=[('given', 'Authority given'), ('returned', 'Returned, to be mended'), ('refused', 'Authority refused')], max_length=8)),
                ('acts_met', models.BooleanField(blank=True, null=True)),
                ('acts_reason', models.TextField(blank=True, max_length=4000)),
                ('risk_met', models.BooleanField(blank=True, null=True)),
                ('risk_reason', models.TextField(blank=True, max_length=4000)),
                ('necessity_met', models.BooleanField(blank=True, null=True)),
                ('necessity_reason', models.TextField(blank=True, max_length=4000)),
                ('note', models.TextField(blank=True, max_length=4000)),
                ('content', models.JSONField()),
                ('content_hash', models.CharField(max_length=64)),
                ('voided_at', models.DateTimeField(blank=True, null=True)),
                ('voided_by', models.CharField(blank=True, max_length=60)),
                ('void_reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name_plural': 'authorities',
                'ordering': ('-decided_at',),
                'indexes': [models.Index(fields=['-decided_at', 'id'], name='authority_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', models.F('drafter')), _negated=True), name='the_authoriser_is_not_the_drafter'), models.CheckConstraint(condition=models.Q(models.Q(('decision', 'given'), _negated=True), models.Q(('acts_met', True), ('acts_met__isnull', False), ('necessity_met', True), ('necessity_met__isnull', False), ('risk_met', True), ('risk_met__isnull', False)), _connector='OR'), name='authority_needs_all_three_grounds'), models.UniqueConstraint(condition=models.Q(('decision', 'given'), ('voided_at', None)), fields=('application',), name='one_living_authority'), models.CheckConstraint(condition=models.Q(models.Q(('voided_at', None), ('voided_by', '')), models.Q(('voided_at__isnull', False), models.Q(('voided_by', ''), _negated=True)), _connector='OR'), name='voided_at_and_by_together')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='casework.case')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='applications.application')),
                ('status', models.CharField(choices=[('listed', 'Listed'), ('resulted', 'Resulted'), ('vacated', 'Vacated')], default='listed', max_length=10)),
                ('court', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.court')),
                ('starts_at', models.DateTimeField()),
                ('room', models.CharField(blank=True, max_length=40)),
                ('purpose', models.CharField(choices=[('interim', 'Interim order'), ('full', 'Full order'), ('mention', 'Mention'), ('variation', 'Variation, renewal or discharge')], max_length=10)),
                ('notice_given', models.BooleanField(blank=True, null=True)),
                ('no_notice_reason', models.TextField(blank=True, max_length=2000)),
                ('special_measures', models.CharField(blank=True, max_length=200)),
                ('interpreter', models.CharField(blank=True, max_length=60)),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='applications.hearing')),
                ('outcome', models.CharField(blank=True, choices=[('adjourned', 'Adjourned'), ('interim_order', 'Interim order made'), ('full_order', 'Full order made'), ('refused', 'Application refused'), ('withdrawn', 'Application withdrawn'), ('variation_decided', 'Variation, renewal or discharge decided')], max_length=20)),
                ('outcome_reason', models.CharField(blank=True, max_length=40)),
                ('outcome_note', models.TextField(blank=True, max_length=4000)),
                ('resulted_at', models.DateTimeField(blank=True, null=True)),
                ('resulted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('starts_at',),
                'indexes': [models.Index(fields=['starts_at', 'id'], name='hearing_soonest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'resulted'), models.Q(('outcome', ''), _negated=True), ('resulted_at__isnull', False), ('resulted_by__isnull', False)), models.Q(models.Q(('status', 'resulted'), _negated=True), ('outcome', ''), ('resulted_at', None), ('resulted_by', None)), _connector='OR'), name='a_resulted_hearing_has_its_outcome')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='request', to='casework.case')),
                ('status', models.CharField(choices=[('received', 'Waits for a decision'), ('accepted', 'Taken forward'), ('declined', 'Declined, waits for a second look'), ('confirmed', 'Declined, second look agrees')], default='received', max_length=10)),
                ('source', models.CharField(choices=[('officer', 'A police officer'), ('advocate', 'An advocate'), ('partner', 'A partner organisation'), ('victim', 'The victim')], max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('asker_name', models.CharField(blank=True, max_length=120)),
                ('crime_reference', models.CharField(blank=True, max_length=40)),
                ('subject_as_told', models.CharField(max_length=200)),
                ('concerns', models.TextField(max_length=8000)),
                ('client_as_told', models.CharField(blank=True, max_length=120)),
                ('safe_contact', models.CharField(blank=True, max_length=300)),
                ('client_agrees', models.BooleanField(blank=True, null=True)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['-asked_at', 'id'], name='request_newest_ask')],
                'constraints': [models.CheckConstraint(condition=models.Q(('asked_by__isnull', False), ('organisation__isnull', False), models.Q(('asker_name', ''), _negated=True), _connector='OR'), name='somebody_asked')],
            },
        ),
        migrations.CreateModel(
            name='ThresholdDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='applications.request')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('look', models.PositiveSmallIntegerField(default=1)),
                ('acts_shown', models.BooleanField()),
                ('acts_reason', models.TextField(max_length=4000)),
                ('risk_shown', models.BooleanField()),
                ('risk_reason', models.TextField(max_length=4000)),
                ('necessary', models.BooleanField()),
                ('necessary_reason', models.TextField(max_length=4000)),
                ('outcome', models.CharField(choices=[('proceed', 'Take it forward'), ('decline', 'Decline')], max_length=8)),
                ('decline_reason', models.CharField(blank=True, choices=[('no_acts', 'No acts associated with stalking are shown, s1(1)(a)'), ('no_risk', 'No risk associated with stalking is shown, s1(1)(b)'), ('not_necessary', 'An order is not necessary, s1(1)(c)'), ('no_area', 'This force may not apply, s1(3)'), ('not_identified', 'The subject cannot be identified')], max_length=15)),
                ('told_requester', models.TextField(blank=True, max_length=2000)),
                ('look_again_on', models.DateField(blank=True, null=True)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('told_how', models.CharField(blank=True, max_length=200)),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('look',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'decline'), models.Q(('decline_reason', ''), _negated=True)), models.Q(('decline_reason', ''), ('outcome', 'proceed')), _connector='OR'), name='a_decline_has_a_code'), models.UniqueConstraint(fields=('request', 'look'), name='decided_once_each_look'), models.CheckConstraint(condition=models.Q(models.Q(('told_at', None), ('told_by', None), ('told_how', '')), models.Q(('told_at__isnull', False), ('told_by__isnull', False), models.Q(('told_how', ''), _negated=True)), _connector='OR'), name='requester_told_at_by_and_how_together')],
                'indexes': [],
            },
        ),
        watch("applications_court"),
        watch("applications_request", hidden=('asker_name', 'crime_reference', 'subject_as_told', 'concerns', 'client_as_told', 'safe_contact',)),
        watch("applications_thresholddecision", hidden=('acts_reason', 'risk_reason', 'necessary_reason', 'told_requester', 'told_how',)),
        watch("applications_application", hidden=('area_reason', 'risk', 'risk_tool', 'necessity', 'victim_view', 'not_consulted_reason', 'other_orders', 'criminal_reference', 'duration_reason', 'interim_reason', 'no_notice_reason', 'court_reference', 'outcome_note',)),
        watch("applications_stalkingact", hidden=('place', 'description', 'exhibit',)),
        watch("applications_proposedcondition", hidden=('text', 'short', 'necessity', 'evidence', 'monitoring', 'checks_note', 'clash_note', 'locality', 'slots',)),
        watch("applications_authority", hidden=('acts_reason', 'risk_reason', 'necessity_reason', 'note', 'void_reason', 'content',)),
        watch("applications_hearing", hidden=('room', 'no_notice_reason', 'special_measures', 'interpreter', 'outcome_note',)),
        watch("applications_closedcourt"),
        # The clock asks every minute who was refused of late: of all the log, it reads those lines alone.
        migrations.RunSQL(
            "CREATE INDEX entry_words_refused ON audit_entry (at, actor) WHERE verb = 'given_away'",
            "DROP INDEX entry_words_refused",
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
