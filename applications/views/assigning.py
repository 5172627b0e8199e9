"""Pages on which a case is given to an officer, closed to all but a few, and opened again."""

from typing import Any

from accounts.models import Grant
from accounts.roles import SEES_RESTRICTED
from applications import forms, lifecycle
from casework import actions, pages
from casework.models import Case


class CaseStepView(pages.StepView):
    """What is decided of the case itself; its overview leads here."""

    model = Case
    success = "desk:overview"
    place = "desk:overview"

    def form_options(self) -> dict[str, Any]:
        return {"case": self.record}


class AssignCase(CaseStepView):
    step = lifecycle.ASSIGN_CASE
    act = lifecycle.assign_case
    form_class = forms.AssignForm
    title = "Assign the case"
    button = "Assign the case"
    done = "The case is assigned"

    def initial(self) -> dict[str, Any]:
        return {"unit": self.record.unit_id, "officer": self.record.officer_id}


class RestrictCase(CaseStepView):
    step = lifecycle.RESTRICT_CASE
    act = lifecycle.restrict_case
    form_class = forms.RestrictForm
    title = "Restrict the case"
    button = "Restrict the case"
    done = "The case is restricted"
    warning = True

    def initial(self) -> dict[str, Any]:
        basis = Grant.Basis.NAMED if self.record.restricted else Grant.Basis.ASSIGNMENT
        held = actions.let_in_to(self.record.pk, basis)
        named = [user.pk for user in held if user.is_active and user.role not in SEES_RESTRICTED]
        return {"reason": self.record.restricted_reason, "named": named}

    def arguments(self, form: Any) -> dict[str, Any]:
        return {**form.cleaned_data, "named": list(form.cleaned_data["named"])}


class LiftRestriction(CaseStepView):
    step = lifecycle.LIFT_RESTRICTION
    act = lifecycle.lift_restriction
    form_class = forms.LiftForm
    title = "Lift the restriction"
    button = "Lift the restriction"
    done = "The case is open again to everybody whose role reaches it"
    warning = True

    def require(self) -> None:
        super().require()
        lifecycle.require_restricted(self.record)

    def form_options(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        return {}


ACTS = (AssignCase, RestrictCase, LiftRestriction)
