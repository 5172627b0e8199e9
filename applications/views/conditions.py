"""The conditions asked for: chosen, written beside what the check finds, moved and removed."""

from datetime import date
from typing import Any

from applications import checks, elsewhere, forms, library, lifecycle
from applications.library.slots import SlotKind
from applications.models import Application, ProposedCondition
from casework import clock, frame, pages
from law.findings import blocking


class AddCondition(pages.StepView):
    """From the library, or one's own words."""

    model = Application
    step = lifecycle.EDIT
    act = lifecycle.add_condition
    form_class = forms.ChooseConditionForm
    title = "Add a condition"
    button = "Continue"
    place = "applications:overview"
    url_name = "add_condition"

    def arguments(self, form: Any) -> dict[str, Any]:
        code = form.cleaned_data["library_code"]
        return {"library_code": "" if code == "own" else code}

    def get_success_url(self, result: Any = None) -> str:
        if isinstance(result, ProposedCondition):
            return frame.address("applications:edit_condition", pk=result.pk)
        return super().get_success_url(result)


class OneConditionView(pages.StepView):
    """One condition that is asked for."""

    model = ProposedCondition
    success = "applications:overview"
    place = "applications:overview"
    plural = "conditions"
    template_name = "applications/part.html"

    def rows(self) -> Any:
        return ProposedCondition.objects.select_related("case__subject", "application")


class EditCondition(OneConditionView):
    """Slots and reasons on one side, the sentence and its findings on the other."""

    keeps_omitted = True
    step = lifecycle.EDIT
    act = lifecycle.edit_condition
    form_class = forms.ConditionForm
    template_name = "applications/condition.html"
    title = "Condition"
    button = "Save and continue"
    done = "The condition is saved"
    url_name = "edit_condition"

    def form_options(self) -> dict[str, Any]:
        return {"condition": self.record}

    def initial(self) -> dict[str, Any]:
        condition = self.record
        held = super().initial()
        if condition.library_code:
            for slot in library.entry(condition.library_code, condition.library_version).slots:
                value = condition.slots.get(slot.name)
                is_date = slot.kind is SlotKind.DATE and value
                held[slot.name] = date.fromisoformat(value) if is_date else value
        return held

    def arguments(self, form: Any) -> dict[str, Any]:
        words: dict[str, Any] = form.words()
        return words

    def get_success_url(self, result: Any = None) -> str:
        if "stay" in self.request.POST:
            return frame.address("applications:edit_condition", pk=self.record.pk)
        return super().get_success_url(result)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        condition = self.record
        code, version = condition.library_code, condition.library_version
        entry = library.entry(code, version) if code else None
        beside = checks.Beside.of(condition.application, today=clock.today())
        findings = checks.condition_findings(condition, beside)
        pieces = library.pieces(entry, condition.slots) if entry else ()
        return super().get_context_data(
            heading=entry.title if entry else condition.short or "A condition in your own words",
            entry=entry,
            plain=library.plain(entry, condition.slots) if entry else "",
            count=condition.application.conditions.count(),
            pieces=list(pieces) or [library.Piece(condition.text)],
            findings=findings,
            earlier=beside.earlier,
            unanswered=elsewhere.unanswered(condition.application),
            others=bool(elsewhere.bound(condition.application)),
            blocks=len(blocking(findings)),
            slot_names=[slot.name for slot in entry.slots] if entry else ["kind", "short", "text"],
            **kwargs,
        )


class MoveCondition(OneConditionView):
    step = lifecycle.EDIT
    act = lifecycle.move_condition
    form_class = forms.MoveConditionForm
    title = "Give the condition another number"
    button = "Move it"
    done = "The condition is moved"
    url_name = "move_condition"


class RemoveCondition(OneConditionView):
    step = lifecycle.EDIT
    act = lifecycle.remove_condition
    title = "Remove this condition"
    button = "Remove the condition"
    done = "The condition is removed"
    warning = True
    url_name = "remove_condition"


ACTS = (AddCondition, EditCondition, MoveCondition, RemoveCondition)
