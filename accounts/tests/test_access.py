"""The access rule as a table, one test a cell, and the list held against the door."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts import policy
from accounts.models import CLOCK, Grant, User
from accounts.roles import GRANTS, PHRASES, SCOPES, Permission, Role, Scope
from accounts.tests import factories
from casework.models import Case

# unit: the case's own unit; force: its own force; everywhere; card: every order, as order check shows
# it; consent; none: no case; -: never
ACCESS = """
                       officer authorising legal lead manager control advocate analyst admin auditor dpo   psd   clock
view_case              unit    force       force force force  -       -        -       -     force   force force everywhere
view_caseload          unit    force       force force force  -       -        -       -     force   force force -
check_orders           unit    force       force force force  none    -        -       -     -       -     -     -
record_request         unit    -           -     force -      -       -        -       -     -       -     -     -
decide_request         unit    -           -     force -      -       -        -       -     -       -     -     -
look_again             -       -           -     force -      -       -        -       -     -       -     -     -
edit_people            unit    -           -     force -      -       -        -       -     -       -     -     -
view_confidential      unit    -           -     force -      -       -        -       -     -       -     -     -
draft_application      unit    -           -     force -      -       -        -       -     -       -     -     -
authorise_application  -       force       -     -     -      -       -        -       -     -       -     -     -
lodge_application      unit    -           force force -      -       -        -       -     -       -     -     -
list_hearing           unit    -           force force -      -       -        -       -     -       -     -     -
result_hearing         unit    -           force force -      -       -        -       -     -       -     -     -
make_order             unit    -           force force -      -       -        -       -     -       -     -     -
serve_order            unit    -           -     force force  -       -        -       -     -       -     -     -
apply_to_vary          unit    -           force force -      -       -        -       -     -       -     -     -
decide_renewal         unit    -           -     force -      -       -        -       -     -       -     -     -
record_attendance      unit    -           -     force force  -       -        -       -     -       -     -     -
decide_failure         unit    -           -     force force  -       -        -       -     -       -     -     -
decide_attendance      -       -           force force -      -       -        -       -     -       -     -     -
report_breach          card    card        -     card  card   card   -        -       -     -       -     -     -
answer_breach          unit    -           -     force -      -       -        -       -     -       -     -     -
decide_breach          unit    -           -     force -      -       -        -       -     -       -     -     -
tell_protected         unit    -           -     force -      -       -        -       -     -       -     -     -
acknowledge_alert      force   force       force force force  force  -        -       -     -       -     force -
record_consent         unit    -           -     force -      -       -        -       -     -       -     -     -
assign_case            -       -           -     force -      -       -        -       -     -       -     -     -
restrict_case          -       -           -     force -      -       -        -       -     -       -     force -
make_document          unit    -           force force force  -       -        -       -     -       -     -     -
view_audit             -       -           -     force -      -       -        -       -     force   force force -
view_figures           -       -           -     -     -      -       -        none    -     -       -     -     -
manage_accounts        -       -           -     -     -      -       -        -       none  -       -     -     -
confirm_accounts       -       -           -     -     -      -       -        -       none  -       force force -
maintain_places        -       -           -     -     -      -       -        -       none  -       -     -     -
view_reach             -       -           -     force -      -       -        -       none  -       -     -     -
view_status            -       -           -     -     -      -       consent  -       -     -       -     -     -
ask_for_order          -       -           -     -     -      -       consent  -       -     -       -     -     -
report_incident        -       -           -     -     -      -       consent  -       -     -       -     -     -
run_clock              -       -           -     -     -      -       -        -       -     -       -     -     everywhere
"""  # noqa: E501
COLUMNS = (
    Role.OFFICER,
    Role.AUTHORISING_OFFICER,
    Role.LEGAL,
    Role.STALKING_LEAD,
    Role.OFFENDER_MANAGER,
    Role.CONTROL_ROOM,
    Role.ADVOCATE,
    Role.ANALYST,
    Role.FORCE_ADMINISTRATOR,
    Role.AUDITOR,
    Role.DATA_PROTECTION_OFFICER,
    Role.PROFESSIONAL_STANDARDS,
    Role.CLOCK,
)
ROWS = [line.split() for line in ACCESS.strip().splitlines()[1:]]
CELLS = [
    (role, Permission(name), cell)
    for name, *cells in ROWS
    for role, cell in zip(COLUMNS, cells, strict=True)
]
UNIT, OTHER_UNIT, ME = uuid4(), uuid4(), uuid4()


def person(role: Role) -> SimpleNamespace:
    return SimpleNamespace(pk=ME, role=role, force_id="A", unit_id=UNIT)


def facts(*, force: str = "A", unit: object = UNIT, restricted: bool = False, **more: object):
    return policy.Facts(
        case_id=uuid4(), force_id=force, unit_id=unit, restricted=restricted, **more
    )


def test_the_table_is_complete() -> None:
    assert {(role, permission) for role, permission, _ in CELLS} == {
        (role, permission) for role in Role for permission in Permission
    }


@pytest.mark.parametrize(("role", "permission", "cell"), CELLS)
def test_each_cell(role: Role, permission: Permission, cell: str) -> None:
    reach = {
        "own unit": cell in ("unit", "force", "everywhere", "card"),
        "other unit": cell in ("force", "everywhere", "card"),
        "other force": cell in ("everywhere", "card"),
    }
    cases = {
        "own unit": facts(),
        "other unit": facts(unit=OTHER_UNIT),
        "other force": facts(force="B"),
    }
    found = {
        where: policy.objection(person(role), permission, case) is None
        for where, case in cases.items()
    }
    assert found == reach
    assert (permission in GRANTS[role]) == (cell != "-")


@pytest.mark.parametrize("role", [r for r in Role if Permission.VIEW_CASE in GRANTS[r]])
def test_a_restricted_case_opens_to_the_named_and_to_professional_standards(role: Role) -> None:
    closed = policy.objection(person(role), Permission.VIEW_CASE, facts(restricted=True))
    named = policy.objection(
        person(role),
        Permission.VIEW_CASE,
        facts(restricted=True, grants=frozenset({Grant.Basis.NAMED})),
    )
    assert (closed is None) == (role in (Role.PROFESSIONAL_STANDARDS, Role.CLOCK))
    assert named is None


def test_a_grant_never_crosses_forces() -> None:
    elsewhere = facts(force="B", grants=frozenset({Grant.Basis.ASSIGNMENT, Grant.Basis.NAMED}))
    assert policy.objection(person(Role.OFFICER), Permission.VIEW_CASE, elsewhere)


def test_the_drafter_cannot_authorise() -> None:
    reason = policy.objection(
        person(Role.AUTHORISING_OFFICER),
        Permission.AUTHORISE_APPLICATION,
        facts(drafter_id=ME),
    )
    assert reason is not None
    assert "drafted" in reason


def test_an_advocate_sees_by_consent_alone() -> None:
    consented = facts(grants=frozenset({Grant.Basis.CONSENT}))
    assert policy.objection(person(Role.ADVOCATE), Permission.VIEW_STATUS, consented) is None
    assert policy.objection(person(Role.ADVOCATE), Permission.VIEW_STATUS, facts())


HELD_AGAINST_THE_LIST = (
    Permission.VIEW_CASE,
    Permission.VIEW_STATUS,
    Permission.REPORT_BREACH,
    Permission.ACKNOWLEDGE_ALERT,
)
RELATIONS = ("none", "assignment", "named", "consent", "revoked", "expired", "to come")


def _case(force, unit, *, restricted: bool) -> Case:
    reference = f"{force.prefix}-{unit.name[:3]}-{int(restricted)}"
    return Case.objects.create(
        force=force,
        unit=unit,
        reference=reference,
        restricted=restricted,
        restricted_reason="Known here" if restricted else "",
        asked_at=timezone.now(),
    )


def _relate(user, case: Case, relation: str) -> None:
    if relation == "none":
        return
    now = timezone.now()
    basis = relation if relation in Grant.Basis.values else Grant.Basis.NAMED
    Grant.objects.create(
        case_id=case.pk,
        user=user,
        basis=basis,
        valid_from=now + timezone.timedelta(days=1 if relation == "to come" else -2),
        valid_until=now - timezone.timedelta(days=1) if relation == "expired" else None,
        revoked_at=now if relation == "revoked" else None,
        revoked_by=user if relation == "revoked" else None,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", [r for r in Role if r is not Role.CLOCK])
def test_the_list_the_rule_and_the_door_agree(role: Role, relation: str) -> None:
    user = factories.user(role)
    home, away = factories.force(), factories.other_force()
    with transaction.atomic():
        cases = [
            _case(force, factories.unit(force, name), restricted=restricted)
            for force, name in (
                (home, "Stalking unit"),
                (home, "CID unit"),
                (away, "Stalking unit"),
            )
            for restricted in (False, True)
        ]
        for case in cases:
            _relate(user, case, relation)
    for permission in HELD_AGAINST_THE_LIST:
        listed = set(policy.visible(user, Case.objects.all(), permission))
        for case in cases:
            ruled = policy.can(user, permission, case)
            try:
                opened = policy.open_or_404(user, Case.objects.all(), case.pk, permission) == case
            except Http404:
                opened = False
            assert ruled == opened == (case in listed), f"{permission} of {case.reference}"


@pytest.mark.django_db
@pytest.mark.parametrize("relation", ["named", "revoked", "expired", "to come"])
def test_a_grant_opens_a_case_in_its_own_time_alone(relation: str) -> None:
    user = factories.user(Role.OFFICER)
    with transaction.atomic():
        case = _case(
            factories.force(), factories.unit(factories.force(), "CID unit"), restricted=True
        )
        _relate(user, case, relation)
    assert policy.can(user, Permission.VIEW_CASE, case) is (relation == "named")
    assert policy.visible(user, Case.objects.all()).exists() is (relation == "named")


@pytest.mark.django_db
def test_the_clock_acts_everywhere() -> None:
    with transaction.atomic():
        case = _case(
            factories.other_force(), factories.unit(factories.other_force()), restricted=True
        )
    assert policy.can(CLOCK, Permission.RUN_CLOCK, case)
    assert SCOPES[Role.CLOCK] is Scope.EVERYWHERE


def test_whoever_checks_an_order_can_report_its_breach_and_open_nothing() -> None:
    elsewhere = facts(force="B", unit=OTHER_UNIT)
    for role in (Role.CONTROL_ROOM, Role.OFFICER, Role.OFFENDER_MANAGER):
        assert policy.objection(person(role), Permission.REPORT_BREACH, elsewhere) is None
    for permission in (Permission.VIEW_CASE, Permission.ACKNOWLEDGE_ALERT):
        assert policy.objection(person(Role.CONTROL_ROOM), permission, elsewhere)
        assert policy.objection(person(Role.OFFICER), permission, elsewhere)


def test_an_alert_can_be_taken_by_whoever_is_on_duty_in_the_force() -> None:
    own = facts(unit=OTHER_UNIT)
    assert policy.objection(person(Role.CONTROL_ROOM), Permission.ACKNOWLEDGE_ALERT, own) is None
    assert policy.objection(person(Role.OFFICER), Permission.ACKNOWLEDGE_ALERT, own) is None
    assert policy.objection(person(Role.CONTROL_ROOM), Permission.VIEW_CASE, own)


@pytest.mark.parametrize("permission", [Permission.REPORT_BREACH, Permission.ACKNOWLEDGE_ALERT])
def test_a_restricted_case_is_not_there_for_the_order_check_either(permission: Permission) -> None:
    hidden = facts(unit=OTHER_UNIT, restricted=True)
    named = facts(unit=OTHER_UNIT, restricted=True, grants=frozenset({Grant.Basis.NAMED}))
    assert policy.objection(person(Role.OFFICER), permission, hidden)
    assert policy.objection(person(Role.CONTROL_ROOM), permission, hidden)
    assert policy.objection(person(Role.OFFICER), permission, named) is None


def test_without_a_unit_no_case_is_of_ones_own_unit() -> None:
    """A case that an advocate asked for has no unit yet: it is nobody's by default."""
    loose = SimpleNamespace(pk=ME, role=Role.OFFICER, force_id="A", unit_id=None)
    assert policy.objection(loose, Permission.VIEW_CASE, facts(unit=None))
    named = facts(unit=None, grants=frozenset({Grant.Basis.ASSIGNMENT}))
    assert policy.objection(loose, Permission.VIEW_CASE, named) is None


@pytest.mark.django_db
def test_without_a_unit_the_list_is_empty_too() -> None:
    with transaction.atomic():
        user = User.objects.create_user(
            "loose", None, name="Loose Ffugiwr", role=Role.OFFICER, force=factories.force()
        )
        Case.objects.create(force=factories.force(), reference="TS-1", asked_at=timezone.now())
    assert not policy.visible(user, Case.objects.all())


def test_every_permission_is_said_in_words() -> None:
    assert set(PHRASES) == set(Permission)
    assert not any("_" in phrase for phrase in PHRASES.values())
    no = policy.objection(person(Role.LEGAL), Permission.AUTHORISE_APPLICATION, facts())
    assert no == "Your role (legal) cannot authorise an application"
