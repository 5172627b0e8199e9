"""The pages that show: the order of a case, its service, and the order as at another moment."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts import policy
from applications.lifecycle import LIST_HEARING
from casework import clock, pages
from casework.models import Case
from orders import queries
from orders.forms import AsAtForm
from orders.lifecycle import advising, correcting, deciding, guarding, making, serving, varying
from orders.models import Order

OFFERED = {
    "serve": serving.SERVE,
    "serve_late": serving.SERVE_LATE,
    "serve_wording": serving.SERVE_WORDING,
    "attempt": serving.ATTEMPT,
    "correct_service": serving.CORRECT,
    "correct_order": correcting.CORRECT_ORDER,
}


def shown(order: Order, user: Any) -> dict[str, Any]:
    """An order as its pages show it, now."""
    now = clock.now()
    wordings = queries.wordings(order)
    in_force = queries.in_force(Order.objects.filter(pk=order.pk), now).exists()
    service = queries.living_service(order)
    return {
        "order": order,
        "in_force": in_force,
        "not_served": queries.unserved_now(order, now) if in_force and service else None,
        "conditions": list(queries.as_at(order, now)),
        "service": service,
        "corrected": list(order.services.exclude(superseded_at=None)),
        "attempts": list(order.attempts.select_related("tried_by")),
        "variations": list(order.variations.select_related("applicant_force")),
        "wordings": wordings,
        "corrections": [
            (one, queries.changes(one)) for one in order.corrections.select_related("recorded_by")
        ],
        "unserved": [wording for wording in wordings if wording.service is None],
        "compared": queries.compared(order),
        "asks_legal": queries.asks_legal(order),
        "may_be_asked_about": varying.may_be_asked_about(order),
        "may_leave": queries.may_be_left_to_end(order)
        and guarding.LEAVE_TO_END.offered(order, user),
        "can": {name: step.offered(order, user) for name, step in OFFERED.items()},
    }


class Overview(pages.CasePage):
    """Every order of the case, the one that binds him first."""

    template_name = "orders/overview.html"
    title = "Order"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        lodged, listed = queries.to_be_heard(self.case)
        return super().get_context_data(
            lodged=lodged,
            listed=listed,
            may_list=lodged is not None and LIST_HEARING.offered(self.case, user),
            orders=[shown(order, user) for order in queries.of_case(self.case, clock.now())],
            can_vary=varying.APPLY_TO_VARY.offered(self.case, user),
            can_decide=policy.can(user, deciding.NEEDS, self.case),
            can_answer=policy.can(user, advising.ANSWER_QUERY.needs, self.case),
            waiting=queries.heard_without_order(self.case)
            if making.MAKE_ORDER.offered(self.case, user)
            else [],
            **kwargs,
        )


class ServicePage(pages.CasePage):
    """How each order of the case was served, or was tried to be."""

    template_name = "orders/service.html"
    title = "Service"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            orders=[shown(order, user) for order in queries.of_case(self.case, clock.now())],
            **kwargs,
        )


class AsAt(pages.Page):
    """The order at another moment: which conditions bound him then, in which words."""

    template_name = "orders/as_at.html"
    title = "Order as at another moment"
    place = "orders:overview"
    order: Order

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rows = Order.objects.select_related("case__subject", "court")
        self.order = policy.open_or_404(request.user, rows, pk)  # type: ignore[arg-type]
        if not request.GET:
            return self.show(form=AsAtForm(initial={"moment": clock.now()}))
        form = AsAtForm(request.GET)
        if not form.is_valid():
            return self.show(form=form, status=422)
        moment = form.cleaned_data["moment"]
        binding = queries.in_force(Order.objects.filter(pk=pk), moment).exists()
        return self.show(
            form=form, moment=moment, in_force=binding, conditions=queries.as_at(self.order, moment)
        )

    def case_of_page(self) -> Case:
        return self.order.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(order=self.order, **kwargs)
