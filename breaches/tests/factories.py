"""Breaches at each stage, reported and answered by the acts themselves."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Force, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from breaches import lifecycle
from breaches.models import Breach
from casework import clock
from orders.models import Order
from orders.tests import factories as orders


def officer(of: Force | None = None) -> User:
    return orders.officer(of=of)


def lead(of: Force | None = None) -> User:
    return accounts.user(Role.STALKING_LEAD, of=of)


def control_room(of: Force | None = None) -> User:
    return accounts.user(Role.CONTROL_ROOM, of=of)


def order(**facts: Any) -> Order:
    """An interim order of yesterday, served an hour later."""
    facts.setdefault("kind", "interim")
    return orders.served(clock.now() - timedelta(days=1), **facts)


def told(happened_at: datetime | None = None, **facts: Any) -> lifecycle.Report:
    values: dict[str, Any] = {
        "happened_at": happened_at or clock.now() - timedelta(minutes=20),
        "what_happened": "Four payments of 1p, with references that read as a sentence.",
        "condition": 1,
        "place": "Testham",
        "source": Breach.Source.PROTECTED_PERSON,
        "log_reference": "TP-1124-0301",
    }
    return lifecycle.Report(**(values | facts))


def reported(of: Order | None = None, *, by: User | None = None, **facts: Any) -> Breach:
    of = of or order()
    return lifecycle.report(of, by=by or officer(of.force), told=told(**facts))


def acknowledged(of: Order | None = None, **facts: Any) -> Breach:
    breach = reported(of, **facts)
    return lifecycle.acknowledge(breach, by=lead(breach.force))


def assigned(of: Order | None = None, **facts: Any) -> Breach:
    breach = acknowledged(of, **facts)
    return lifecycle.assign(breach, by=lead(breach.force), officer=officer(breach.force))


def decided(of: Order | None = None, **facts: Any) -> Breach:
    breach = assigned(of, **facts)
    return lifecycle.decide(
        breach, by=officer(breach.force), outcome="charged", note="ST19001, bailed to 5 January"
    )
