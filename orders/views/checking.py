"""The order check: one box, one reason, one answer. Posted, so that no name stands in an address."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from casework import clock, frame, pages
from casework.forms import as_data
from casework.jinja import clock_time
from documents.models import Document
from documents.queries import standing_about
from documents.views import Pdf
from orders import answering, looking, queries
from orders.documents import OrderForSubject
from orders.forms import AsAtForm, CheckForm
from orders.models import Order
from orders.queries import REASONS, Answer, BoundCard, Reason

A_MINUTE = timedelta(minutes=1)  # what is shown to the minute is over by then


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
        user: Any = request.user
        policy.check_role(user, Permission.CHECK_ORDERS)
        form = CheckForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=422)
        asked, limit = form.cleaned_data, looking.limit_of(user)
        if limit and not asked["beyond"]:
            return self.wait(form, limit)
        if limit:
            looking.go_on(user)
        reason = Reason(asked["reason"])
        answer = self.answer = queries.check(
            user,
            asked["text"],
            reason=reason,
            moment=clock.now(),
            beyond=asked["beyond"] if limit else "",
        )
        return self.show(
            form=form,
            limit=limit,
            answer=answer,
            found=sentence(answer),
            reason=asked["reason"],
            cards=[on_page(card, user, reason) for card in answer.cards],
        )

    def wait(self, form: CheckForm, limit: looking.Limit) -> HttpResponse:
        """Not now, or with a reason now: what was typed is kept."""
        at = clock_time(limit.until + A_MINUTE)
        form.add_error(
            "beyond",
            f"You have made {limit.words}. You can go on at {at}. "
            "In a live incident go on now: write here why, and check again",
        )
        shown = self.show(form=form, limit=limit, status=429)
        shown.headers["Retry-After"] = str(limit.seconds)
        return shown


class ManyChecks(pages.Page):
    """What one person checked within a day, for those who may see who looked."""

    template_name = "orders/many_checks.html"
    title = "Order checks beyond the limit"
    place = "orders:check"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        user: Any = request.user
        person = looking.watched_or_404(user, pk)
        return self.show(person=person, checks=looking.of_late(person))


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
        card = on_page(queries.card_of(order, user, clock.now()), user, Reason(said))
        return self.show(card=card, reason=said)


def own_order(request: HttpRequest, pk: UUID) -> Order:
    """An order of the reader's own force, with the reason for the look, which is noted. Raises Http404."""
    user: Any = request.user
    order = queries.own(user, pk)
    said = request.GET.get("reason", "")
    if order is None or said not in set(Reason):
        raise Http404
    queries.note(order, Reason(said))
    return order


class Printed(pages.Page):
    """The order as at a moment, for the own force, also for those to whom its case is closed."""

    template_name = "orders/printed.html"
    title = "The order as at a moment"
    place = "orders:check"
    order: Order | None = None

    def cases_shown(self) -> Collection[UUID]:
        return [self.order.case_id] if self.order else []

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        order = self.order = own_order(request, pk)
        shown: dict[str, Any] = {"order": order, "reason": request.GET["reason"]}
        form = AsAtForm(request.GET)
        if not form.is_valid():
            return self.show(form=form, status=422, **shown)
        moment = form.cleaned_data["moment"]
        binding = queries.in_force(Order.objects.filter(pk=pk), moment).exists()
        return self.show(
            form=form,
            moment=moment,
            in_force=binding,
            conditions=queries.as_at(order, moment),
            paper=paper_of(order),
            **shown,
        )


class PrintedPdf(Pdf):
    """The paper that the subject has, as the order stands now: for whom the card is for."""

    def find(self, request: HttpRequest, pk: UUID) -> Document:
        paper = paper_of(own_order(request, pk))
        if paper is None:
            raise Http404
        return paper


def paper_of(order: Order) -> Document | None:
    """The order as it stands now, as a document, made or not."""
    return standing_about(order).filter(kind=OrderForSubject.kind).first()


def on_page(card: BoundCard, user: User, reason: Reason) -> dict[str, Any]:
    """A card with the way to report a breach, those that are being answered already and, where the
    reader may, the ways into the case and to the order as at this moment."""
    case = card.order.case_id
    return {
        "card": card,
        "report": asking(frame.address("breaches:report", pk=card.order.pk), reason),
        "answered": answering.of(card.order, user),
        "overview": frame.address("desk:overview", case=case) if card.opens else "",
        "printed": printed_at(card.order, reason) if card.own_force else "",
    }


def asking(address: str, reason: Reason) -> str:
    """The address with the reason for the look; empty where nobody has it."""
    return f"{address}?{urlencode({'reason': reason.value})}" if address else ""


def printed_at(order: Order, reason: Reason) -> str:
    """The address of the order as at the moment of looking."""
    moment = dict(as_data(AsAtForm(), {"moment": clock.now()}).items())
    asked = urlencode({"reason": reason.value, **moment})
    return f"{frame.address('orders:printed', pk=order.pk)}?{asked}"


def sentence(answer: Answer) -> str:
    """How many there are, in words."""
    if answer.people == 0:
        return "Nobody with an order matches this exactly."
    if answer.people == 1:
        return "1 person with an order matches this."
    return f"{answer.people} people with orders match this."
