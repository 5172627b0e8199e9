"""What stands around every page. Rooms above say here, in `AppConfig.ready`, what they add to it.

frame.mark_cases(marks)            marks(case) -> [Mark("Served", "green"), ...]: the identity bar
frame.count("breaches:overview", open_breaches)   open_breaches(case) -> int: a number in the side
frame.tally("desk:changes", waiting)   waiting(user) -> int: a number in the service navigation
frame.say_alerts(line)             line() -> Line: whether alerts are being sent, in the footer
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from accounts import sites
from accounts.roles import READS_THE_INBOX, Permission
from casework import clock
from law.periods import LONDON

if TYPE_CHECKING:  # rooms import this module in their AppConfig, before there are models
    from accounts.models import User
    from casework.models import Case

P = Permission


@dataclass(frozen=True)
class Mark:
    """A tag of a case: what, and in which of the mocks' colours ("" is blue)."""

    text: str
    colour: str = ""


@dataclass(frozen=True)
class Line:
    """How the alerts are: one sentence, and whether it is a warning."""

    text: str
    warns: bool = False


@dataclass(frozen=True)
class Item:
    """A place in a navigation."""

    text: str
    href: str
    current: bool = False
    count: int = 0


INBOX = "alerts:inbox"
SERVICE: tuple[tuple[str, str, frozenset[Permission]], ...] = (
    ("Today", "desk:today", frozenset({P.VIEW_CASE})),
    ("Caseload", "desk:caseload", frozenset({P.VIEW_CASELOAD})),
    ("Order check", "orders:check", frozenset({P.CHECK_ORDERS})),
    (
        "Alerts",
        INBOX,
        frozenset(),
    ),  # of whoever reads the duty inbox and has no first page of clocks
    ("Notifications due", "notifications:due", frozenset({P.RECORD_ATTENDANCE})),
    ("Breaches", "breaches:list", frozenset({P.REPORT_BREACH})),
    ("Accounts", "desk:accounts", frozenset({P.MANAGE_ACCOUNTS})),
    ("Accounts to confirm", "desk:changes", frozenset({P.CONFIRM_ACCOUNTS})),
    ("Courts and stations", "desk:places", frozenset({P.MAINTAIN_PLACES})),
    ("Whom alerts reach", "desk:reach", frozenset({P.MANAGE_ACCOUNTS})),
)
CASE: tuple[tuple[str, str], ...] = (
    ("Overview", "desk:overview"),
    ("Application", "applications:overview"),
    ("Order", "orders:overview"),
    ("Service", "orders:service"),
    ("Notification", "notifications:overview"),
    ("Breaches", "breaches:overview"),
    ("Victim contact", "advocates:contact"),
    ("Documents", "documents:list"),
    ("History", "desk:history"),
)
ABOUT = (("Help", "help"), ("Accessibility statement", "accessibility"), ("Privacy", "privacy"))
LISTED = frozenset({"notifications", "breaches"})  # whose list the service navigation has
_marks: list[Callable[["Case"], Iterable[Mark]]] = []
_counts: dict[str, Callable[["Case"], int]] = {}
_tallies: dict[str, Callable[["User"], int]] = {}
_alerts: list[Callable[[], Line]] = []


def mark_cases(marks: Callable[["Case"], Iterable[Mark]]) -> None:
    """Add a room's tags to the identity bar of every case."""
    if marks not in _marks:
        _marks.append(marks)


def count(place: str, how_many: Callable[["Case"], int]) -> None:
    """Show a number beside a place of the case's side navigation, where it is not nought."""
    _counts[place] = how_many


def tally(place: str, how_many: Callable[["User"], int]) -> None:
    """Show a number beside a place of the service navigation, where it is not nought."""
    _tallies[place] = how_many


def say_alerts(line: Callable[[], Line]) -> None:
    """Tell every officer's page whether alerts are being sent."""
    _alerts[:] = [line]


def address(place: str, **kwargs: Any) -> str:
    """The address of a place, empty where its room is not there."""
    try:
        return reverse(place, kwargs=kwargs or None)
    except NoReverseMatch:
        return ""


def place_of(request: HttpRequest) -> str:
    """The name of the page that is being shown: "orders:service"."""
    match = request.resolver_match
    return match.view_name if match else ""


def service_place(place: str, user: "User", *, in_case: bool) -> str:
    """The entry of the service navigation that a page belongs to, of those that this reader has.

    A case's page belongs to the list of its own room where there is one, else to the caseload.
    """
    room = place.partition(":")[0]
    own = next((name for _, name, _ in SERVICE if name.partition(":")[0] == room), "")
    wanted = [place, own if in_case and room in LISTED else "", "desk:caseload" if in_case else ""]
    offered = {name for _, name, needs in SERVICE if any(user.may(one) for one in needs)}
    return next((name for name in wanted if name in offered), "")


def case_place(*places: str) -> str:
    """The first of these places that the case's side navigation has."""
    known = {name for _, name in CASE}
    return next((place for place in places if place in known), "")


def service_items(user: "User", section: str) -> list[Item]:
    """The service navigation for this role."""
    return [
        Item(
            text,
            href,
            current=name == section,
            count=_tallies[name](user) if name in _tallies else 0,
        )
        for text, name, needs in SERVICE
        if (name == INBOX and user.role == READS_THE_INBOX)
        or any(user.may(permission) for permission in needs)
        if (href := address(name))
    ]


def case_items(case: "Case", section: str) -> list[Item]:
    """The case's side navigation, without the rooms that are not there."""
    return [
        Item(
            text,
            href,
            current=name == section,
            count=_counts[name](case) if name in _counts else 0,
        )
        for text, name in CASE
        if (href := address(name, case=case.pk))
    ]


def about_items(section: str) -> list[Item]:
    """The links at the foot of every page."""
    return [
        Item(text, href, current=name == section) for text, name in ABOUT if (href := address(name))
    ]


def marks_of(case: "Case") -> list[Mark]:
    """The identity bar's tags; a case that nobody marks says where it stands."""
    found = [mark for marks in _marks for mark in marks(case)]
    return found or [Mark(case.get_status_display())]


def alerts_line() -> Line | None:
    """How the alerts are, if there is a room that knows."""
    return _alerts[0]() if _alerts else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    user: Any = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    moment = clock.now().astimezone(LONDON)
    hosted = getattr(request, "urlconf", "") == sites.ADVOCATES_URLS
    return {
        "user": user if known else None,
        "force": user.force.name if known and user.force_id else "",
        "place": place_of(request),
        "service_items": partial(service_items, user) if known else None,
        "case_items": case_items,
        "about_items": about_items(place_of(request)),
        "marks_of": cache(marks_of),  # the frame of a page is rendered more than once
        "as_at": moment,
        "alerts": alerts_line() if known and not hosted else None,
        "demonstration": settings.DEMONSTRATION,
        "hosted": hosted,
        "exit_address": reverse("leave", urlconf=sites.ADVOCATES_URLS) if hosted else "",
        "csp_nonce": str(getattr(request, "csp_nonce", "")),  # false until somebody reads it
        "help_phone": settings.HELP_PHONE,
    }
