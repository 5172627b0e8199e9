"""What is new for an advocate: the acts in a client's case that she is told of, and nothing else.

An act counts from the moment when it was recorded, whenever it happened: that is when she can see it.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from advocates.words import Told
from audit.models import Entry
from breaches.models import Breach
from notifications.models import Attendance, Duty
from notifications.queries import counting

ACTS = {
    "applications.request": {
        "record_request": "An order was asked for.",
        "ask_for_order": "An order was asked for.",
        "accept_request": "The police took the request for an order forward.",
        "decline_request": "The police decided not to ask for an order now.",
        "confirm_decline": "A second person agreed not to ask for an order now.",
        "overturn_decline": "A second person took the request for an order forward.",
        "reopen_request": "The police are looking at the request for an order again.",
    },
    "applications.application": {
        "start_draft": "The police are getting ready to ask the court for an order.",
        "lodge": "We asked the court for an order.",
        "refuse": "The court did not make an order.",
        "withdraw_application": "We are not asking the court for an order any more.",
        "withdraw_in_court": "We took back the request to the court.",
    },
    "applications.hearing": {
        "list_hearing": "The court has given a day.",
        "vacate_hearing": "The day in court was taken back.",
        "result_hearing": "The day in court is over.",
        "correct_result": "We had written down wrongly what the court decided. It is put right.",
        "take_back_result": "We had written down wrongly what the court decided. It is taken back.",
        "relist_hearing": "The day in court stands after all.",
    },
    "orders.order": {
        "make_order": "The court made an order.",
        "serve": "{He} {was} given the order.",
        "serve_late": "{He} {was} given the order, after its end.",
        "serve_wording": "{He} {was} given the changed order.",
        "vary": "The court changed the order.",
        "renew": "The court made the order last longer.",
        "expire": "The order has come to its end.",
        "replace": "The full order took the place of the temporary one.",
        "determine": "The temporary order has come to its end.",
        "revive": "The temporary order goes on. We had written down its end wrongly.",
        "discharge": "The court ended the order.",
    },
    "breaches.breach": {
        "report": "Something that may break the order was reported.",
        "report_incident": "Something that may break the order was reported.",
    },
}
NOTIFIED = "{He} told the police {his} name and where {he} {lives}."
NOT_COUNTED = "That {he} told the police {his} name did not count: {he} {has} to come again."
CHARGED = "{He} {was} charged with breaking the order."


def moments(user: User) -> tuple[Subquery, ...]:
    """For a row that is a case: when the newest of each sort was recorded; null where there is none."""
    of_case = {"case_id": OuterRef("pk")}
    return (
        Subquery(_acts(user).filter(**of_case).order_by("-at").values("at")[:1]),
        Subquery(_first(_notified().filter(**of_case), "recorded_at")),
        Subquery(_first(_not_counted().filter(**of_case), "decided_at")),
        Subquery(_first(_charged().filter(**of_case), "decided_at")),
    )


def newest(cases: Collection[UUID], user: User) -> dict[UUID, Told]:
    """The newest of each case, in three queries. The words stand for "him", "her" or "them"."""
    found: dict[UUID, Told] = {}
    acts = _acts(user).filter(case_id__in=cases).order_by("case_id", "-at").distinct("case_id")
    lines = acts.values_list("case_id", "at", "table", "verb")
    told = [(case, Told(at, ACTS[table][verb])) for case, at, table, verb in lines]
    rows = (_notified() | _not_counted()).filter(case__in=cases)
    for of, came, decision, decided in rows.values_list(
        "case_id", "recorded_at", "decision", "decided_at"
    ):
        again = decided if decision == Attendance.Decision.AGAIN else None
        told.append((of, Told(again, NOT_COUNTED) if again else Told(came, NOTIFIED)))
    charged = _charged().filter(case__in=cases).values_list("case_id", "decided_at")
    told += [(case, Told(at, CHARGED)) for case, at in charged if at]
    for case, line in told:
        if case and (case not in found or found[case].at < line.at):
            found[case] = line
    return found


def _acts(user: User) -> QuerySet[Entry]:
    """What was done by others; what she did herself she knows."""
    told = Q()
    for table, verbs in ACTS.items():
        told |= Q(table=table, verb__in=list(verbs))
    return Entry.objects.filter(told, kind=Entry.Kind.EVENT).exclude(actor=user.username)


def _notified() -> QuerySet[Attendance]:
    """The first notification alone: a later one would tell that he moved."""
    return Attendance.objects.filter(counting(), duty__kind=Duty.Kind.INITIAL)


def _not_counted() -> QuerySet[Attendance]:
    """Of the same duty alone: force legal decided that he has to come again."""
    again = Attendance.objects.filter(superseded_at=None, duty__kind=Duty.Kind.INITIAL)
    return again.filter(decision=Attendance.Decision.AGAIN)


def _charged() -> QuerySet[Breach]:
    """What else became of a breach is not hers to read."""
    return Breach.objects.filter(outcome=Breach.Outcome.CHARGED)


def _first(rows: QuerySet[Any], field: str) -> QuerySet[Any, Any]:
    return rows.order_by(f"-{field}").values(field)[:1]
