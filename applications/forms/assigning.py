"""Who has a case, and who alone may know of it."""

from typing import Any

from accounts.models import Unit, User
from accounts.roles import GRANTS, SEES_RESTRICTED, Permission, Role
from casework import forms
from casework.models import Case


def roles_that(permission: Permission) -> list[Role]:
    return [role for role in Role if permission in GRANTS[role]]


class AssignForm(forms.Form):
    unit = forms.RecordField(
        label="Which unit has the case?",
        named="a unit",
        queryset=Unit.objects.none(),
        widget=forms.Select,
    )
    officer = forms.RecordField(
        label="Who is the officer in the case?",
        named="an officer",
        hint="Can open the case from now on, and is told so. Whoever had it before has it no more",
        queryset=User.objects.none(),
        widget=forms.Select,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].queryset = Unit.objects.filter(force=case.force_id).order_by("name")
        fields["officer"].queryset = User.objects.filter(
            force=case.force_id, is_active=True, role__in=roles_that(Permission.DRAFT_APPLICATION)
        ).order_by("name")


class RestrictForm(forms.Form):
    reason = forms.CharField(
        label="Why is the case restricted?",
        named="why the case is restricted",
        hint="For example, the subject is known to people who work here",
        max_length=200,
    )
    named = forms.RecordsField(
        label="Who goes on working on it?",
        named="who goes on working on the case",
        hint="To everybody else in the force, but you and professional standards, it does not exist",
        queryset=User.objects.none(),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [r for r in roles_that(Permission.VIEW_CASE) if r not in SEES_RESTRICTED]
        named: Any = self.fields["named"]
        named.queryset = User.objects.filter(
            force=case.force_id, is_active=True, role__in=roles
        ).order_by("name")


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="Why is the restriction lifted?",
        named="why the restriction is lifted",
        hint="Everybody in the force whose role reaches the case can open it again",
        max_length=200,
    )
