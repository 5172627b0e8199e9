"""The order check: one box, one reason, one answer. Posted, so that no name stands in an address."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from casework import clock, frame, pages
from orders import answering, queries
from orders.forms import CheckForm
from orders.models import Order
from orders.queries import REASONS, Answer, BoundCard, Reason


class Check(pages.Page):
    """Is there an order on this person?"""

    answer: Answer | None = None

    def cases_shown(self) -> Collection[UUID]:
        return {card.order.case_id for card in self.answer.cards} if self.answer else ()

    template_name = "orders/check.html"
    title = "Order check"
    place = "orders:check"

    def get(self, request: HttpRequest) -> HttpResponse:
        policy.check_role(request.user, Permission.CHECK_ORDERS)  # type: ignore[arg-type]
        return self.show(form=CheckForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        policy.check_role(request.user, Permission.CHECK_ORDERS)  # type: ignore[arg-type]
        form = CheckForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=422)
        asked = form.cleaned_data
        answer = self.answer = queries.check(
            request.user,  # type: ignore[arg-type]
            asked["text"],
            reason=Reason(asked["reason"]),
            moment=clock.now(),
        )
        return self.show(
            form=form,
            answer=answer,
            found=sentence(answer),
            reason=asked["reason"],
            cards=[on_page(card, request.user) for card in answer.cards],  # type: ignore[arg-type]
        )


class Card(pages.Page):
    """The card of one order, asked for from a list. The reason is asked where it is missing."""

    order: Order | None = None

    def cases_shown(self) -> Collection[UUID]:
        return [self.order.case_id] if self.order else []

    template_name = "orders/card.html"
    title = "Order check"
    place = "orders:check"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        user: Any = request.user
        order = self.order = queries.one(user, pk)
        if order is None:
            raise Http404
        said = request.GET.get("reason", "")
        if said not in set(Reason):
            return self.show(reasons=REASONS, asked="reason" in request.GET)
        queries.note(order, Reason(said))
        return self.show(card=on_page(queries.card_of(order, user, clock.now()), user), reason=said)


def on_page(card: BoundCard, user: User) -> dict[str, Any]:
    """A card with the way to report a breach, those that are being answered already and, where the
    reader may, the way into the case."""
    case = card.order.case_id
    return {
        "card": card,
        "report": frame.address("breaches:report", pk=card.order.pk),
        "answered": answering.of(card.order, user),
        "overview": frame.address("desk:overview", case=case) if card.opens else "",
    }


def sentence(answer: Answer) -> str:
    """How many there are, in words."""
    if answer.people == 0:
        return "Nobody with an order matches this exactly."
    if answer.people == 1:
        return "1 person with an order matches this."
    return f"{answer.people} people with orders match this."
