"""Every table of the room as it is now, with what guards it."""

from pathlib import Path
import csv
import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import accounts.roles
from audit.actor import acting_as
from audit.triggers import watch

FORCES = Path(__file__).resolve().parent.parent / "data" / "police_forces.csv"
CACHE = """
CREATE TABLE IF NOT EXISTS spo_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS spo_cache_expires ON spo_cache (expires);
"""


def load(apps, schema_editor):
    force = apps.get_model("accounts", "Force")
    with FORCES.open(encoding="utf-8") as file, acting_as("task:migrate"):
        force.objects.bulk_create(
            force(**{name: row[name] for name in ("code", "name", "prefix", "kind", "region")})
            for row in csv.DictReader(file)
        )


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_watch"),
        ("accounts", "0003_forces"),
        ("accounts", "0004_remove_user_last_login_apitoken"),
        ("accounts", "0005_sign_in"),
        ("accounts", "0006_advocates_are_kept_by_one_force"),
        ("accounts", "0007_account_changes"),
        ("accounts", "0008_units_are_reached"),
        ("accounts", "0009_units_once_in_any_case"),
        ("accounts", "0010_another_address"),
    ]

    dependencies = [
        ('audit', '0001_squashed_0004_unsteered'),
    ]

    operations = [
        migrations.CreateModel(
            name='Force',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('prefix', models.CharField(max_length=3, unique=True)),
                ('kind', models.CharField(choices=[('territorial', 'Territorial force'), ('btp', 'British Transport Police'), ('mdp', 'Ministry of Defence Police')], default='territorial', max_length=11)),
                ('region', models.CharField(blank=True, max_length=20)),
                ('duty_inbox', models.EmailField(blank=True, max_length=254)),
            ],
            options={
                'ordering': ('name',),
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='accounts.force')),
                ('name', models.CharField(max_length=100)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('hours', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('force'), django.db.models.functions.text.Lower('name'), name='unit_once_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('hours', ''), ('phone', '')), models.Q(models.Q(('phone', ''), _negated=True), models.Q(('hours', ''), _negated=True)), _connector='OR'), name='a_units_number_says_when_it_answers')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, unique=True)),
            ],
            options={
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(error_messages={'unique': 'This user name is taken'}, max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('title', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('collar_number', models.CharField(blank=True, max_length=12)),
                ('role', models.CharField(choices=[('officer', 'officer'), ('authorising_officer', 'authorising officer'), ('legal', 'legal'), ('stalking_lead', 'stalking lead'), ('offender_manager', 'offender manager'), ('control_room', 'control room'), ('advocate', 'advocate'), ('analyst', 'analyst'), ('force_administrator', 'force administrator'), ('auditor', 'auditor'), ('data_protection_officer', 'data protection officer'), ('professional_standards', 'professional standards'), ('clock', 'clock')], max_length=30)),
                ('rank', models.CharField(blank=True, choices=[('constable', 'Constable'), ('sergeant', 'Sergeant'), ('inspector', 'Inspector'), ('chief_inspector', 'Chief inspector'), ('superintendent', 'Superintendent'), ('chief_superintendent', 'Chief superintendent'), ('chief_officer', 'Chief officer'), ('staff', 'Police staff')], max_length=20)),
                ('force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.force')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.unit')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation')),
                ('line_manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to=settings.AUTH_USER_MODEL)),
                ('keeping_force', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('invitations', models.PositiveSmallIntegerField(default=0)),
                ('is_active', models.BooleanField(default=True)),
                ('is_demonstration', models.BooleanField(default=False)),
                ('date_joined', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [models.Index(fields=['force', 'role'], name='user_of_force_by_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role', accounts.roles.Role['CLOCK']), models.Q(('force', None), ('organisation__isnull', False), ('role', accounts.roles.Role['ADVOCATE'])), models.Q(models.Q(('role__in', [accounts.roles.Role['ADVOCATE'], accounts.roles.Role['CLOCK']]), _negated=True), ('force__isnull', False)), _connector='OR'), name='police_have_a_force_and_advocates_an_organisation'), models.CheckConstraint(condition=models.Q(models.Q(('role', accounts.roles.Role['AUTHORISING_OFFICER']), _negated=True), ('rank__in', ('superintendent', 'chief_superintendent', 'chief_officer')), _connector='OR'), name='authorising_officers_are_superintendents_or_above'), models.CheckConstraint(condition=models.Q(('role', accounts.roles.Role['ADVOCATE']), ('keeping_force', None), _connector='OR'), name='only_advocates_are_kept_by_a_force_that_is_not_theirs')],
            },
        ),
        migrations.CreateModel(
            name='AccountChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('force', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.force')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('role', 'Have another role'), ('open', 'Be opened'), ('link', 'Have a link made to choose its password'), ('email', 'Have another email address')], max_length=5)),
                ('role', models.CharField(choices=[('officer', 'officer'), ('authorising_officer', 'authorising officer'), ('legal', 'legal'), ('stalking_lead', 'stalking lead'), ('offender_manager', 'offender manager'), ('control_room', 'control room'), ('advocate', 'advocate'), ('analyst', 'analyst'), ('force_administrator', 'force administrator'), ('auditor', 'auditor'), ('data_protection_officer', 'data protection officer'), ('professional_standards', 'professional standards'), ('clock', 'clock')], max_length=30)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('status', models.CharField(choices=[('waiting', 'Waits for a second person'), ('confirmed', 'Confirmed'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='waiting', max_length=9)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name_plural': 'account changes',
                'indexes': [models.Index(fields=['force', '-asked_at'], name='account_change_of_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('asked_by', models.F('account')), _negated=True), name='nobody_asks_for_their_own_account'), models.CheckConstraint(condition=models.Q(('answered_by', None), ('status', 'withdrawn'), models.Q(models.Q(('answered_by', models.F('asked_by')), _negated=True), models.Q(('answered_by', models.F('account')), _negated=True)), _connector='OR'), name='who_answers_is_not_who_asked'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('status', 'waiting')), models.Q(('status__in', ['confirmed', 'refused', 'withdrawn']), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='account_change_is_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('used_at', None), ('status', 'confirmed'), _connector='OR'), name='only_what_was_confirmed_is_used'), models.CheckConstraint(condition=models.Q(('kind', 'email'), ('email', ''), _connector='OR'), name='only_another_address_has_one'), models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('account', 'kind'), name='one_waiting_change_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('basis', models.CharField(choices=[('assignment', 'Works on the case'), ('consent', 'The client consented'), ('named', 'Named on a restricted case'), ('requester', 'Asked for the order')], max_length=10)),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField(blank=True, null=True)),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'case_id'], name='grant_of_user')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('case_id', 'user', 'basis'), name='one_live_grant_of_a_basis'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='grant_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                ('label', models.CharField(max_length=60)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('made_by', models.CharField(max_length=60)),
                ('valid_until', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_by', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', '')), models.Q(('revoked_at__isnull', False), models.Q(('revoked_by', ''), _negated=True)), _connector='OR'), name='token_revoked_at_and_by_together')],
                'indexes': [],
            },
        ),
        watch("accounts_force"),
        watch("accounts_unit"),
        watch("accounts_organisation"),
        watch("accounts_user", hidden=('password',)),
        watch("accounts_grant"),
        watch("accounts_apitoken", hidden=('key_hash',)),
        watch("accounts_accountchange"),
        migrations.RunPython(load, migrations.RunPython.noop),
        # The rate limits of sign-in count here. Not under the log: it forgets by design.
        migrations.RunSQL(CACHE, "DROP TABLE spo_cache"),
    ]
