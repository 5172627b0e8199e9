"""Cases at each stage for the screens that draw on every room, made by the acts of the rooms."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.models import CLOCK, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.tests import factories as applications
from breaches.tests import factories as breaches
from casework import actions, clock
from casework.models import Case, Deadline
from casework.tests import factories as casework
from orders.tests import factories as orders


def lead() -> User:
    return accounts.user(Role.STALKING_LEAD)


def officer() -> User:
    return accounts.user()


def requested() -> Case:
    return applications.request(by=officer()).case


def declined() -> Case:
    request = applications.request(by=officer())
    applications.lifecycle.decide_request(request, by=officer(), **applications.DECLINE)
    return request.case


def drafted() -> Case:
    return applications.complete_draft(by=officer()).case


def lodged() -> Case:
    return applications.lodged(by=officer()).case


def listed() -> Case:
    return applications.hearing(applications.lodged(by=officer()), by=officer()).case


def made(kind: str = "interim") -> Case:
    return orders.made(kind=kind, by=officer()).case


def served(kind: str = "interim") -> Case:
    return orders.served(clock.now() - timedelta(days=1), kind=kind, by=officer()).case


def breached() -> Case:
    return breaches.reported(by=officer()).case


def ended() -> Case:
    """A full order whose period is over."""
    made_at = clock.now() - timedelta(days=10)
    order = orders.made(made_at, by=officer(), last_day=clock.today() - timedelta(days=1))
    orders.lifecycle.expire(order, by=CLOCK)
    return order.case


def clock_on(case: Case, due_at: datetime, kind: str = "serve_order", **facts: Any) -> Deadline:
    """A clock that ends at this moment."""
    given: dict[str, Any] = {
        "about": uuid4(),
        "title": "Serve the interim order",
        "owner_role": Role.OFFICER,
        "provision": "force policy",
        "reason": "Within 24 hours",
    }
    with transaction.atomic():
        return actions.start_clock(case, kind, due_at=due_at, **(given | facts))


def case(**facts: Any) -> Case:
    """A bare case, where nothing but the list is asked of."""
    return casework.case(**facts)
