"""The parts of an application, in the order of the task list, and what is not done in each."""

from collections.abc import Iterator

from applications.models import Application
from casework.models import PROTECTED_ROLES

WHY = {
    "area": "The tie to this force's area",
    "acts": "Acts of stalking",
    "risk": "Risk",
    "necessity": "Why an order is necessary",
    "other_orders": "Other orders, bail and proceedings",
}
BEFORE = {
    "consultation": "Consult the protected person or their advocate",
    "duration": "Length, and whether to ask for an interim order",
}
NAMES = {
    **WHY,
    **BEFORE,
    "subject": "Subject",
    "protected": "Protected persons",
    "conditions": "Conditions",
}


def _subject(a: Application) -> Iterator[str]:
    if a.case.subject_id is None:
        yield "Say who the subject is"


def _area(a: Application) -> Iterator[str]:
    if not a.area_limb:
        yield "Say what ties the subject to this force's area, s1(3)"


def _protected(a: Application) -> Iterator[str]:
    if not a.case.parties.filter(role__in=PROTECTED_ROLES).exists():
        yield "Say whom the order is to protect"


def _acts(a: Application) -> Iterator[str]:
    if not a.acts.exists():
        yield "Record the acts associated with stalking, s1(1)(a)"


def _risk(a: Application) -> Iterator[str]:
    if not a.risk.strip():
        yield "Say what the risk is, s1(1)(b)"


def _necessity(a: Application) -> Iterator[str]:
    if not a.necessity.strip():
        yield "Say why an order is necessary, s1(1)(c)"


def _other_orders(a: Application) -> Iterator[str]:
    if not a.criminal_case:
        yield "Say whether there is a criminal case"
    if not a.other_orders.strip():
        yield "Say which other orders or bail there are, or that there are none"


def _conditions(a: Application) -> Iterator[str]:
    if not a.conditions.exists():
        yield "Ask for at least one condition"


def _consultation(a: Application) -> Iterator[str]:
    if not a.consulted:
        yield "Consult the protected person or their advocate, or say why not"
    elif a.consulted == a.Consulted.NOT_ASKED and not a.not_consulted_reason.strip():
        yield "Say why nobody was consulted"


def _duration(a: Application) -> Iterator[str]:
    if not a.duration:
        yield "Say how long the order should last, s3(1)"
    elif a.duration == a.Duration.FIXED and a.asked_until is None:
        yield "Say until when the order should last"
    if a.interim_sought is None:
        yield "Say whether you ask for an interim order"
    if a.notice_given is False and not a.no_notice_reason.strip():
        yield "Say why the subject should have no notice"


PARTS = {
    "subject": _subject,
    "area": _area,
    "protected": _protected,
    "acts": _acts,
    "risk": _risk,
    "necessity": _necessity,
    "other_orders": _other_orders,
    "conditions": _conditions,
    "consultation": _consultation,
    "duration": _duration,
}
