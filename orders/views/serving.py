"""The pages of service: attempts, the proof, and its correction."""

from typing import Any

from casework import pages
from orders import lifecycle, queries
from orders.forms import AttemptForm, CorrectForm, ServeForm
from orders.lifecycle import serving
from orders.models import Order


class Attempt(pages.StepView):
    """He was looked for and not served."""

    model = Order
    step = serving.ATTEMPT
    act = lifecycle.record_attempt
    form_class = AttemptForm
    title = "Record an attempt to serve"
    button = "Record the attempt"
    done = "The attempt is recorded. He is still not served."
    success = "orders:service"
    url_name = "attempt"
    place = "orders:service"


class Serve(pages.StepView):
    """Service with its proof. It starts the 3 days of s9(1)."""

    model = Order
    step = serving.SERVE
    act = lifecycle.serve
    form_class = ServeForm
    template_name = "orders/serve.html"
    title = "Record service"
    button = "Record service"
    done = "Service is recorded"
    success = "orders:service"
    place = "orders:service"

    def require(self) -> None:
        """An order that has ended meanwhile is served late: another step, the same questions."""
        user: Any = self.request.user
        serving.step_for(self.record).require(self.record, user)

    def compare(self, version: int) -> None:
        self.step = serving.step_for(self.record)  # type: ignore[misc]
        super().compare(version)

    def arguments(self, form: Any) -> dict[str, Any]:
        return {"proof": proof(form.cleaned_data)}


def proof(values: dict[str, Any]) -> lifecycle.Proof:
    """The form's answers as the act takes them."""
    understood = {"yes": True, "no": False}.get(values["understood"])
    facts = {k: v for k, v in values.items() if k in lifecycle.Proof.__dataclass_fields__}
    return lifecycle.Proof(**(facts | {"understood": understood}))


class Correct(pages.StepView):
    """The right record of service in the place of a wrong one."""

    model = Order
    step = serving.CORRECT
    act = lifecycle.correct_service
    form_class = CorrectForm
    title = "Correct the record of service"
    button = "Put it right"
    done = "The record of service is corrected. The earlier one is kept."
    success = "orders:service"
    place = "orders:service"

    def initial(self) -> dict[str, Any]:
        service = queries.living_service(self.record)
        if service is None:
            return {}
        facts = {name: getattr(service, name) for name in lifecycle.Proof.__dataclass_fields__}
        understood = {True: "yes", False: "no", None: "unknown"}[service.understood]
        return facts | {"understood": understood}

    def arguments(self, form: Any) -> dict[str, Any]:
        return {"proof": proof(form.cleaned_data), "reason": form.cleaned_data["reason"]}
