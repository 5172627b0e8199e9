"""Orders at each stage, made by the acts themselves, also on a day that has been."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

from accounts.models import User
from accounts.tests import factories as accounts
from applications.models import Application, Court, Hearing
from applications.tests import factories as applications
from casework import clock
from law.duration import earliest_last_day
from law.periods import local_date, start_instant
from orders import lifecycle
from orders.models import Order, Service, Variation
from orders.terms import Change, Term

NO_CONTACT = Term(
    kind="prohibition",
    text="You must not contact Ms A by any means, or through anyone else.",
    short="Contact Ms A",
    necessity="He wrote to her every day after he was told to stop.",
)
KEEP_OUT = Term(
    kind="prohibition",
    text="You must not go into Area A, Testham: Sample Street, Test Way and Mock Lane.",
    short="Go into Area A, Testham",
    locality="Area A, Testham",
    necessity="He waited for her there four times.",
)
ASSESSMENT = Term(
    kind="requirement",
    text="You must attend an assessment at Sample Pathways when told to.",
    short="Attend an assessment",
    necessity="He has said that he cannot stop by himself.",
)
TERMS = (NO_CONTACT, KEEP_OUT, ASSESSMENT)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The acts inside happen at this moment: an order of last spring is made last spring."""
    with (
        patch.object(clock, "now", return_value=moment),
        patch.object(clock, "today", return_value=local_date(moment)),
    ):
        yield


def officer(**facts: Any) -> User:
    return applications.officer(**facts)


def hearing(
    when: datetime | None = None,
    *,
    by: User | None = None,
    application: Application | None = None,
    **facts: Any,
) -> Hearing:
    """A hearing that began 5 minutes before `when` (now), of a lodged application."""
    when = when or clock.now()
    starts_at = max(when - timedelta(minutes=5), start_instant(local_date(when)))
    with at(when):
        return applications.hearing(
            application or applications.lodged(by=by, **facts),
            by=by,
            starts_at=starts_at,
            late_reason="Listed by telephone on the day",
        )


def make(
    of: Hearing,
    *,
    by: User | None = None,
    kind: str = "full",
    made_at: datetime | None = None,
    last_day: date | None = None,
    until_further_order: bool = False,
    terms: Sequence[Term] = TERMS,
    court: Court | None = None,
    **facts: Any,
) -> Order:
    """Record the order: for 28 days if interim, for 2 years if full, unless said otherwise."""
    made_at = made_at or min(of.starts_at + timedelta(minutes=5), clock.now())
    if last_day is None and not until_further_order:
        made_on = local_date(made_at)
        last_day = made_on + timedelta(days=27) if kind == "interim" else earliest_last_day(made_on)
    return lifecycle.make_order(
        of,
        by=by or applications.officer(of.case.force),
        kind=kind,
        made_at=made_at,
        court=court or applications.court(),
        last_day=last_day,
        terms=terms,
        **facts,
    )


def made(
    when: datetime | None = None, *, by: User | None = None, kind: str = "full", **facts: Any
) -> Order:
    """An order made at `when`, by default a moment ago, and not served."""
    when = when or clock.now()
    with at(when):
        return make(hearing(when, by=by), by=by, kind=kind, made_at=when, **facts)


def full_after(interim: Order, when: datetime | None = None, **facts: Any) -> Order:
    """The full order that the court makes on the application of this interim one."""
    when = when or clock.now()
    with at(when):
        later = hearing(when, application=interim.application)
        return make(later, kind="full", made_at=when, **facts)


def proof(served_at: datetime | None = None, **facts: Any) -> lifecycle.Proof:
    given: dict[str, Any] = {
        "served_at": served_at or clock.now(),
        "method": Service.Method.IN_PERSON,
        "place": "Testham police station",
        "served_by_name": "PC Tom Placeholder",
        "collar_number": "4411",
        "pages_served": 6,
        "explained": True,
        "notification_explained": True,
        "understood": True,
        "acknowledgement": Service.Acknowledgement.SIGNED,
        "footage_reference": "BWV-0091",
    }
    return lifecycle.Proof(**(given | facts))


def served(
    when: datetime | None = None,
    *,
    by: User | None = None,
    kind: str = "full",
    served_at: datetime | None = None,
    **facts: Any,
) -> Order:
    """An order made at `when` and served an hour later (or at once, if that is still to come)."""
    order = made(when, by=by, kind=kind, **facts)
    moment = served_at or min(order.made_at + timedelta(hours=1), clock.now())
    with at(max(moment, order.made_at)):
        return lifecycle.serve(
            order, by=by or applications.officer(order.case.force), proof=proof(moment)
        )


def asked(order: Order, **facts: Any) -> lifecycle.Asked:
    """By the force that applied for the order, today, unless said otherwise."""
    given: dict[str, Any] = {
        "applicant": Variation.Applicant.CHIEF_OFFICER,
        "applicant_force": order.force,
        "residence_force": order.force,
        "applied_on": clock.today(),
        "grounds": "What was enough a year ago is not enough now.",
    }
    return lifecycle.Asked(**(given | facts))


def by_subject(order: Order, **facts: Any) -> lifecycle.Asked:
    return asked(
        order, **({"applicant": Variation.Applicant.SUBJECT, "applicant_force": None} | facts)
    )


def varied(
    order: Order,
    decided_at: datetime | None = None,
    *,
    changes: Sequence[Change] = (),
    asked_for: Sequence[Change] | None = None,
    renewed_until: date | None = None,
) -> Variation:
    """The court grants a variation at this moment, or a renewal where a new last day is said.

    asked_for  what was asked, where the court decided otherwise
    """
    decided_at = decided_at or clock.now()
    order = Order.objects.get(pk=order.pk)
    by = applications.officer(order.case.force)
    apply = lifecycle.apply_to_renew if renewed_until else lifecycle.apply_to_vary
    with at(decided_at):
        variation = apply(
            order,
            by=by,
            asked=asked(
                order,
                changes=tuple(changes if asked_for is None else asked_for),
                asked_until=renewed_until,
            ),
        )
        return lifecycle.decide_variation(
            variation,
            by=by,
            decision=lifecycle.Decision(
                outcome=Variation.Status.GRANTED,
                decided_at=decided_at,
                heard=("subject",),
                changes=tuple(changes),
                last_day=renewed_until,
            ),
        )


def legal(order: Order) -> User:
    return applications.legal(order.case.force)


def other_force_officer() -> User:
    return accounts.user(of=accounts.other_force())
