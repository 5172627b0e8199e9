"""The order check: is there an order on this person, what does it forbid, was it served?

It answers across forces with the card alone. A restricted case answers only to those who may open it;
to anybody else it is not there. Every order that is shown is noted with the reason for the look.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from audit import looks
from casework.models import PROTECTED_ROLES, Case, Party
from law.content import ConditionKind
from law.periods import local_date
from orders.models import Condition, Order, Service
from orders.queries.meant import meant
from orders.queries.standing import as_at, in_force, living_service, living_services, versions
from orders.queries.wordings import Wording, unserved_changes, unserved_now
from people.models import Identifier, Person
from people.pronouns import Pronoun, pronoun_of, say

MOST_CARDS = 3  # more people than these are a list to choose from


class Reason(StrEnum):
    """Why somebody looks. Kept with every look."""

    LIVE_INCIDENT = "live_incident"
    STOP = "stop_or_arrest"
    DESK = "report_at_the_desk"
    OTHER = "other_task"


REASONS = {
    Reason.LIVE_INCIDENT: "Live incident",
    Reason.STOP: "Stop or arrest",
    Reason.DESK: "Report at the desk",
    Reason.OTHER: "Other task",
}


@dataclass(frozen=True)
class BoundCard:
    """One order on one person, as an officer at the roadside needs it."""

    order: Order
    person: Person
    in_force: bool
    also: tuple[str, ...]
    plates: tuple[str, ...]
    must_not: tuple[Condition, ...]
    must: tuple[Condition, ...]
    localities: tuple[str, ...]  # empty: the whole of the United Kingdom
    service: Service | None  # the first one
    not_served: Wording | None  # the words of this moment, where he was not given them
    version: int
    own_force: bool
    opens: bool  # the reader may open the case
    protects: tuple[str, ...] = ()  # "Ms A (a name)": who may be ringing; for the own force alone

    @property
    def he(self) -> str:
        """He, she, or the role where it is not known: the beginning of a sentence."""
        return self._said("{He}") or "The subject"

    @property
    def him(self) -> str:
        return self._said("{him}") or "the subject"

    def _said(self, word: str) -> str:
        """The pronoun; nothing where it would be "they", which a reader in a hurry takes for several."""
        pronoun = pronoun_of(self.person)
        return "" if pronoun is Pronoun.THEY else say(pronoun, word)


@dataclass(frozen=True)
class Line:
    """One order in a list of less likely or many matches."""

    order: Order
    person: Person
    in_force: bool
    service: Service | None
    not_served: bool  # though the order was, in earlier words


@dataclass(frozen=True)
class Answer:
    """What was found, the surest first. `people` counts those who match exactly."""

    people: int
    cards: tuple[BoundCard, ...]
    others: tuple[Line, ...]  # exact, but ended, or too many for cards
    alike: tuple[Line, ...]


def check(user: User, text: str, *, reason: Reason, moment: datetime, beyond: str = "") -> Answer:
    """Look for orders by anything that is known of a person. Raises Denied.

    beyond  why the person goes on, who has made as many checks as one makes (`orders.looking`)
    """
    policy.check_role(user, Permission.CHECK_ORDERS)
    why = f"{REASONS[reason]}. More than the limit: {beyond}" if beyond else REASONS[reason]
    looks.note(looks.Look("order_check", "orders.order", "", reason=why))
    allowed = answerable(user)
    bound = Order.objects.filter(subject=OuterRef("pk"), case__in=allowed.values("pk"))
    today = local_date(moment)
    exact, alike = meant(text, among=Person.objects.filter(Exists(bound)), today=today)
    exact_lines = _lines(exact, allowed, moment)
    alike_lines = _lines(alike, allowed, moment)
    live = [line for line in exact_lines if line.in_force]
    cards = live if len({line.person.pk for line in live}) <= MOST_CARDS else []
    others = [line for line in exact_lines if line not in cards]
    for line in [*exact_lines, *alike_lines]:
        note(line.order, reason)
    return Answer(
        people=len(exact),
        cards=tuple(card_of(line.order, user, moment) for line in cards),
        others=tuple(others),
        alike=tuple(alike_lines),
    )


def answerable(user: User) -> QuerySet[Case]:
    """The cases that the check answers from: all but the restricted ones that are closed to `user`."""
    return policy.on_cards(user, Case.objects.all())


def one(user: User, pk: UUID) -> Order | None:
    """The order whose card is asked for; None where the check would not answer from its case."""
    policy.check_role(user, Permission.CHECK_ORDERS)
    orders = Order.objects.filter(pk=pk, case__in=answerable(user).values("pk"))
    order = orders.select_related("subject", "force", "case__officer", "case__unit").first()
    if order is None:
        of = Order.objects.filter(pk=pk).values_list("case_id", flat=True).first()
        looks.note(looks.Look("refused", "orders.order", str(pk), case_id=of))
    return order


def own(user: User, pk: UUID) -> Order | None:
    """The same for the own force alone: who stands at its desk or on its telephone needs the order."""
    order = one(user, pk)
    return order if order is not None and policy.of_own_force(user, order.force_id) else None


def note(order: Order, reason: Reason) -> None:
    """Say in the log that this order was shown, and why somebody looked."""
    looks.note(
        looks.Look(
            "order_check",
            "orders.order",
            str(order.pk),
            case_id=order.case_id,
            reason=REASONS[reason],
        )
    )


def card_of(order: Order, user: User, moment: datetime) -> BoundCard:
    """The card of one order. Another force has neither the way into the case nor whom it protects."""
    conditions = list(as_at(order, moment))
    person, own_force = order.subject, policy.of_own_force(user, order.force_id)
    return BoundCard(
        order=order,
        person=person,
        in_force=in_force(Order.objects.filter(pk=order.pk), moment).exists(),
        also=tuple(dict.fromkeys(name.text for name in person.names.all()))
        + _texts(person, Identifier.Kind.ACCOUNT),
        plates=_texts(person, Identifier.Kind.PLATE),
        must_not=tuple(c for c in conditions if c.kind == ConditionKind.PROHIBITION),
        must=tuple(c for c in conditions if c.kind == ConditionKind.REQUIREMENT),
        localities=tuple(dict.fromkeys(c.locality for c in conditions if c.locality)),
        service=living_service(order),
        not_served=unserved_now(order, moment),
        version=len(versions(order)),
        own_force=own_force,
        opens=policy.can(user, Permission.VIEW_CASE, order.case),
        protects=_protects(order) if own_force else (),
    )


def _protects(order: Order) -> tuple[str, ...]:
    """What the conditions call each protected person, and her name; never where she is."""
    parties = Party.objects.filter(case=order.case_id, role__in=PROTECTED_ROLES)
    return tuple(
        f"{party.called} ({party.person.full_name})" if party.called else party.person.full_name
        for party in parties.select_related("person").order_by("called", "pk")
    )


def _texts(person: Person, kind: Identifier.Kind) -> tuple[str, ...]:
    return tuple(i.text for i in person.identifiers.all() if i.kind == kind)


def _lines(people: Sequence[Person], allowed: QuerySet[Case], moment: datetime) -> list[Line]:
    """The orders of these people that bind now; where none does, the one that ended last."""
    orders = (
        Order.objects.filter(
            subject__in=[person.pk for person in people], case__in=allowed.values("pk")
        )
        .select_related("subject", "force", "case__officer", "case__unit")
        .prefetch_related("subject__names", "subject__identifiers")
        .order_by("-made_at")
    )
    binding = {order.pk for order in in_force(orders, moment)}
    rank = {person.pk: number for number, person in enumerate(people)}
    chosen = _chosen(orders, binding)
    keys = [order.pk for order in chosen]
    services = living_services(keys)
    changed = set(unserved_changes(moment).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        Line(
            order,
            order.subject,
            order.pk in binding,
            services.get(order.pk),
            order.pk in changed,
        )
        for order in sorted(chosen, key=lambda o: (o.pk not in binding, rank[o.subject_id]))
    ]


def _chosen(orders: Iterable[Order], binding: set[UUID]) -> list[Order]:
    live = [order for order in orders if order.pk in binding]
    bound = {order.subject_id for order in live}
    last: dict[UUID, Order] = {}
    for order in orders:
        if order.subject_id not in bound:
            last.setdefault(order.subject_id, order)
    return [*live, *last.values()]
