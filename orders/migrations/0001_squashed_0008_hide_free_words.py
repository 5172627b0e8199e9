"""Every table of the room as it is now, with what guards it."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

from audit.triggers import watch

# An order binds the subject of its case, and a case with an order keeps its subject: who is protected
# from him is asked by the case. Held when the transaction ends, as every other foreign key.
BINDS_ITS_SUBJECT = migrations.RunSQL(
    """
    ALTER TABLE casework_case
        ADD CONSTRAINT case_with_its_subject UNIQUE (id, subject_id);
    ALTER TABLE orders_order
        ADD CONSTRAINT order_binds_the_subject_of_its_case
        FOREIGN KEY (case_id, subject_id) REFERENCES casework_case (id, subject_id)
        DEFERRABLE INITIALLY DEFERRED;
    """,
    """
    ALTER TABLE orders_order DROP CONSTRAINT order_binds_the_subject_of_its_case;
    ALTER TABLE casework_case DROP CONSTRAINT case_with_its_subject;
    """,
)


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("orders", "0001_initial"),
        ("orders", "0002_watch"),
        ("orders", "0003_decisions_and_legal_answers"),
        ("orders", "0004_service_of_each_wording"),
        ("orders", "0005_what_must_never_be"),
        ("orders", "0006_binds_the_subject_of_its_case"),
        ("orders", "0007_binds_him_by_the_end_of_the_act"),
        ("orders", "0008_hide_free_words"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
        ('accounts', '0001_squashed_0010_another_address'),
        ('applications', '0001_squashed_0014_hide_free_words'),
        ('casework', '0001_squashed_0005_hide_free_words'),
        ('people', '0001_squashed_0009_gender_by_choice'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='casework.case')),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='people.person')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='applications.application')),
                ('hearing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='applications.hearing')),
                ('kind', models.CharField(choices=[('interim', 'Interim order'), ('full', 'Full order')], max_length=7)),
                ('origin', models.CharField(choices=[('s1_application', "On a chief officer's application, s1"), ('court_conviction', "The court's own motion on conviction"), ('court_acquittal', "The court's own motion on acquittal")], default='s1_application', max_length=16)),
                ('status', models.CharField(choices=[('made', 'Made, not served'), ('served', 'Served'), ('ended', 'Ended')], default='made', max_length=6)),
                ('court', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.court')),
                ('court_reference', models.CharField(blank=True, max_length=40)),
                ('made_at', models.DateTimeField()),
                ('last_day', models.DateField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('end_reason', models.CharField(blank=True, choices=[('expired', 'Its period ran out'), ('discharged', 'Discharged'), ('determined', 'The main application was determined'), ('replaced', 'Replaced by the full order'), ('appeal', 'Quashed on appeal')], max_length=10)),
                ('replaces_interim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='orders.order')),
                ('subject_present', models.BooleanField(blank=True, null=True)),
                ('findings', models.JSONField(blank=True, default=list)),
                ('legal_answer', models.TextField(blank=True, max_length=4000)),
                ('legal_answered_at', models.DateTimeField(blank=True, null=True)),
                ('legal_answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['force', 'last_day'], name='order_open_of_force'), models.Index(fields=['subject', '-made_at'], name='order_of_subject'), models.Index(fields=['case', '-made_at'], name='order_of_case'), models.Index(condition=models.Q(('status__in', ['made', 'served'])), fields=['last_day'], name='order_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('end_reason', ''), ('ended_at', None)), models.Q(('ended_at__gte', models.F('made_at')), models.Q(('end_reason', ''), _negated=True)), _connector='OR'), name='ended_after_made_and_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('status', 'ended')), models.Q(models.Q(('status', 'ended'), _negated=True), ('ended_at', None)), _connector='OR'), name='an_order_is_ended_when_it_has_its_end'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'interim'), _negated=True), ('application__isnull', False), _connector='OR'), name='an_interim_order_has_its_application', violation_error_message='An interim order is made only on an application, s5(1)'), models.CheckConstraint(condition=models.Q(('last_day', None), ('last_day__gte', django.db.models.functions.comparison.Cast(models.Func(models.Value('Europe/London'), models.F('made_at'), function='timezone', output_field=models.DateTimeField()), models.DateField())), _connector='OR'), name='last_day_not_before_the_day_it_was_made'), models.UniqueConstraint(condition=models.Q(('hearing__isnull', False)), fields=('hearing', 'kind'), name='one_order_of_a_kind_from_a_hearing', violation_error_message='An order of this kind is recorded from this hearing'), models.UniqueConstraint(condition=models.Q(('replaces_interim__isnull', False)), fields=('replaces_interim',), name='one_order_replaces_an_interim'), models.CheckConstraint(condition=models.Q(('replaces_interim', None), ('kind', 'full'), _connector='OR'), name='only_a_full_order_replaces_an_interim'), models.CheckConstraint(condition=models.Q(models.Q(('legal_answer', ''), ('legal_answered_at', None), ('legal_answered_by', None)), models.Q(('legal_answered_at__isnull', False), ('legal_answered_by__isnull', False), models.Q(('legal_answer', ''), _negated=True)), _connector='OR'), name='legal_answered_at_by_and_words_together')],
            },
        ),
        migrations.CreateModel(
            name='Condition',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='orders.order')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('number', models.PositiveSmallIntegerField()),
                ('wording', models.PositiveSmallIntegerField(default=1)),
                ('kind', models.CharField(max_length=11)),
                ('text', models.TextField(max_length=2000)),
                ('short', models.CharField(max_length=120)),
                ('locality', models.CharField(blank=True, max_length=200)),
                ('own_last_day', models.DateField(blank=True, null=True)),
                ('necessity', models.TextField(blank=True, max_length=4000)),
                ('in_force', django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ('proposed', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.proposedcondition')),
            ],
            options={
                'ordering': ('number', 'wording'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('order', '='), ('number', '='), ('in_force', '&&')], name='one_wording_of_a_condition_at_a_time'), models.UniqueConstraint(fields=('order', 'number', 'wording'), name='wording_once_of_a_condition'), models.CheckConstraint(condition=models.Q(('kind__in', ['prohibition', 'requirement'])), name='a_condition_forbids_or_requires', violation_error_message='A condition is a prohibition or a requirement')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ServiceAttempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='orders.order')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('tried_at', models.DateTimeField()),
                ('place', models.CharField(max_length=200)),
                ('what_happened', models.TextField(max_length=2000)),
                ('footage_reference', models.CharField(blank=True, max_length=60)),
                ('tried_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('tried_at',),
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Variation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variations', to='orders.order')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('kind', models.CharField(choices=[('vary', 'Vary'), ('renew', 'Renew'), ('discharge', 'Discharge')], max_length=9)),
                ('status', models.CharField(choices=[('applied', 'Applied for'), ('granted', 'Granted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='applied', max_length=9)),
                ('code', models.CharField(max_length=7)),
                ('applicant', models.CharField(choices=[('subject', 'The subject'), ('chief_officer', 'A chief officer')], max_length=13)),
                ('applicant_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('residence_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('grounds', models.TextField(max_length=8000)),
                ('consents', models.JSONField(blank=True, default=list)),
                ('asked_until', models.DateField(blank=True, null=True)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('applied_on', models.DateField()),
                ('hearing_on', models.DateField(blank=True, null=True)),
                ('heard', models.JSONField(blank=True, default=list)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_changes', models.JSONField(blank=True, default=list)),
                ('decided_until', models.DateField(blank=True, null=True)),
                ('decision_note', models.TextField(blank=True, max_length=4000)),
                ('findings', models.JSONField(blank=True, default=list)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'ordering': ('-applied_on',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'applied')), fields=('order', 'kind'), name='one_pending_variation_of_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'applied')), models.Q(models.Q(('status', 'applied'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='a_decided_variation_has_its_moment')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='orders.order')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                ('variation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='orders.variation')),
                ('served_at', models.DateTimeField()),
                ('method', models.CharField(choices=[('in_court', 'In court'), ('in_person', 'In person'), ('last_address', 'At the last known address, by leave of the court'), ('solicitor', 'To his solicitor')], max_length=12)),
                ('place', models.CharField(max_length=200)),
                ('served_by_name', models.CharField(max_length=120)),
                ('collar_number', models.CharField(blank=True, max_length=12)),
                ('pages_served', models.PositiveSmallIntegerField()),
                ('explained', models.BooleanField()),
                ('notification_explained', models.BooleanField()),
                ('understood', models.BooleanField(blank=True, null=True)),
                ('interpreter', models.CharField(blank=True, max_length=60)),
                ('reaction', models.TextField(blank=True, max_length=2000)),
                ('acknowledgement', models.CharField(choices=[('signed', 'He signed for it'), ('refused', 'He would not sign'), ('not_asked', 'He was not asked to sign')], max_length=10)),
                ('footage_reference', models.CharField(blank=True, max_length=60)),
                ('findings', models.JSONField(blank=True, default=list)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('superseded_reason', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ('-recorded_at',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('order', 'variation'), name='one_living_service_of_each_wording', nulls_distinct=False, violation_error_message='Service of these words is recorded already'), models.CheckConstraint(condition=models.Q(models.Q(('superseded_at', None), ('superseded_by', None), ('superseded_reason', '')), models.Q(('superseded_at__isnull', False), ('superseded_by__isnull', False), models.Q(('superseded_reason', ''), _negated=True)), _connector='OR'), name='service_superseded_at_by_and_why_together')],
                'indexes': [],
            },
        ),
        watch("orders_order", hidden=('court_reference', 'legal_answer',)),
        watch("orders_condition", hidden=('necessity', 'text', 'short', 'locality',)),
        watch("orders_serviceattempt", hidden=('place', 'what_happened', 'footage_reference',)),
        watch("orders_service", hidden=('place', 'served_by_name', 'collar_number', 'interpreter', 'reaction', 'footage_reference', 'superseded_reason',)),
        watch("orders_variation", hidden=('grounds', 'decision_note', 'changes', 'decided_changes',)),
        BINDS_ITS_SUBJECT,
    ]
