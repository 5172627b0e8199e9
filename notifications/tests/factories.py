"""Duties as the acts derive them, and attendances as officers record them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import Force, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from casework import clock
from notifications import lifecycle
from notifications.models import Attendance, Duty, Station
from orders.models import Order
from orders.tests import factories as orders


def station(of: Force | None = None, name: str = "Testham Central") -> Station:
    with transaction.atomic():
        made, _ = Station.objects.get_or_create(force=of or accounts.force(), name=name)
    return made


def manager(of: Force | None = None) -> User:
    return accounts.user(Role.OFFENDER_MANAGER, of=of)


def served_on(order: Order, moment: datetime) -> Order:
    """Serve an order at a moment, as if it were recorded then."""
    with orders.at(moment):
        return orders.lifecycle.serve(
            order, by=orders.officer(of=order.force), proof=orders.proof(moment)
        )


def duty(order: Order) -> Duty:
    """The initial duty that was derived for the order."""
    return Duty.objects.get(order=order, kind=Duty.Kind.INITIAL)


def given(attended_at: datetime | None = None, **facts: Any) -> lifecycle.Given:
    values: dict[str, Any] = {
        "attended_at": attended_at or clock.now(),
        "station": station(),
        "received_by_name": "PC 2231 Ann Ffugiwr",
        "heard_by_constable": True,
        "names_given": "Siôn Mockford\nSi Example",
        "address_limb": Attendance.AddressLimb.HOME,
        "address_given": "2 Mock Lane, Testham",
        "home_force": accounts.force(),
        "identity_check": "Passport",
        "fingerprints": Attendance.Answer.NOT_ASKED,
        "photograph": Attendance.Answer.TAKEN,
        "oral_statement": True,
    }
    return lifecycle.Given(**(values | facts))


def attended(
    duty: Duty, moment: datetime | None = None, *, by: User | None = None, **facts: Any
) -> Attendance:
    """He came at this moment, and it was recorded there and then."""
    moment = moment or clock.now()
    with orders.at(max(moment, clock.now())):
        return lifecycle.record_attendance(
            duty, by=by or manager(duty.force), given=given(moment, **facts)
        )


def changed(
    order: Order, happened_on: date, *, kind: str = "name", by: User | None = None, **facts: Any
) -> Duty:
    told = "Sion Prawf" if kind == "name" else "5 Quay Road, Testham"
    return lifecycle.record_change(
        order,
        by=by or manager(order.force),
        kind=kind,
        happened_on=happened_on,
        **({"told": told, "told_by": "His sister"} | facts),
    )
