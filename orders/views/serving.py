"""The pages of service: attempts, the proof, and its correction."""

from typing import Any

from casework import pages
from casework.errors import WrongState
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
    """Service with its proof. The first one starts the 3 days of s9(1)."""

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
        """Which step it is depends on the order: the first service, other words, or a late one."""
        user: Any = self.request.user
        serving.step_for(self.record).require(self.record, user)
        if not self.words():
            raise WrongState("You cannot record service now. It is served already.")

    def words(self) -> list[queries.Wording]:
        return queries.unserved(self.record)

    def form_options(self) -> dict[str, Any]:
        return {"words": self.words()}

    def compare(self, version: int) -> None:
        self.step = serving.step_for(self.record)  # type: ignore[misc]
        super().compare(version)

    def initial(self) -> dict[str, Any]:
        return {}

    def arguments(self, form: Any) -> dict[str, Any]:
        values = form.cleaned_data
        return {"proof": proof(values), **chosen(self.words(), values)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(words=self.words(), **kwargs)


def proof(values: dict[str, Any]) -> lifecycle.Proof:
    """The form's answers as the act takes them."""
    understood = {"yes": True, "no": False}.get(values["understood"])
    facts = {k: v for k, v in values.items() if k in lifecycle.Proof.__dataclass_fields__}
    return lifecycle.Proof(**(facts | {"understood": understood}))


def chosen(words: list[queries.Wording], values: dict[str, Any]) -> dict[str, Any]:
    """What left the words that he was given: as answered, or the only ones that there are."""
    key = values.get("wording") or words[0].key
    wording = next(wording for wording in words if wording.key == key)
    return {"variation": wording.variation, "correction": wording.correction}


class Correct(pages.StepView):
    """The right record of service in the place of a wrong one."""

    model = Order
    keeps_omitted = True
    step = serving.CORRECT
    act = lifecycle.correct_service
    form_class = CorrectForm
    title = "Correct the record of service"
    button = "Put it right"
    done = "The record of service is corrected. The earlier one is kept."
    success = "orders:service"
    place = "orders:service"

    def form_options(self) -> dict[str, Any]:
        return {"words": queries.wordings(self.record)}

    def wrong(self) -> queries.Wording | None:
        """The record that the link named, or the first."""
        named = self.request.GET.get("wording", "")
        served = [wording for wording in queries.wordings(self.record) if wording.service]
        return next((w for w in served if w.key == named), served[0] if served else None)

    def initial(self) -> dict[str, Any]:
        wording = self.wrong()
        if wording is None or wording.service is None:
            return {}
        service = wording.service
        facts = {name: getattr(service, name) for name in lifecycle.Proof.__dataclass_fields__}
        understood = {True: "yes", False: "no", None: "unknown"}[service.understood]
        return facts | {"understood": understood, "wording": wording.key, "wrong": service.pk}

    def arguments(self, form: Any) -> dict[str, Any]:
        values = form.cleaned_data
        return {
            "proof": proof(values),
            "reason": values["reason"],
            "wrong": values.get("wrong"),
            **chosen(queries.wordings(self.record), values),
        }
