"""Every page and every answer of the API, for each role to which no vault is open: what the vault holds
is printed nowhere, whatever officers wrote and wherever they wrote it.

A new column is planted by itself, a new address is walked by itself. What fails here prints words that
did not go through `casework.masks`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from accounts.roles import GRANTS, Permission, Role
from accounts.tests import factories as accounts
from advocates.tests import factories as advocates
from alerts.models import Alert
from applications.models import Application
from audit.models import Entry
from breaches.models import Breach
from casework.masks import KEPT
from casework.models import Case
from documents.models import Document
from notifications.models import Duty
from orders.models import Order
from spo_cases.tests import planting

pytestmark = pytest.mark.django_db
CLOSED = [
    role
    for role in Role
    # the data protection officer as the auditor; analyst and administrator open no case
    if role not in (Role.CLOCK, Role.ADVOCATE, Role.DATA_PROTECTION_OFFICER)
    and role not in (Role.ANALYST, Role.FORCE_ADMINISTRATOR)
    and Permission.VIEW_CONFIDENTIAL not in GRANTS[role]
]
OPENS: dict[str, type[Model]] = {  # what a page that is no act opens by its key
    "alerts:alert": Alert,
    "api:applications-content": Application,
    "api:order-card": Order,
    "api:orders-as-at": Order,
    "breaches:detail": Breach,
    "breaches:reported": Breach,
    "documents:detail": Document,
    "documents:html": Document,
    "documents:pdf": Document,
    "notifications:duty": Duty,
    "orders:as_at": Order,
    "orders:card": Order,
    "orders:many_checks": User,
    "orders:printed": Order,
    "orders:printed_pdf": Order,
}
LOOKED_AT = ("orders:card", "orders:printed", "orders:printed_pdf", "api:order-card")
ASKED_WITH = dict.fromkeys(LOOKED_AT, "?reason=live_incident")
NO_CASE = ("/accounts/", "/administration/")  # of those who sign in
ENDS_THE_SESSION = ("leave",)  # whoever went there would see nothing after it
OF_AN_ACT = 3  # of the records on which it is offered
ALL = slice(None)
SHARES = 3  # the records of a place are shared among so many roles, which wear the same mask
Place = tuple[str, str, Any]  # its name, its address with a gap for the key, its view


def places(patterns: list[Any], before: str = "/", room: str = "") -> Iterator[Place]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inside = f"{one.app_name or one.namespace}:" if one.app_name or one.namespace else room
            yield from places(one.url_patterns, before + str(one.pattern), inside)
        elif isinstance(one, URLPattern):
            view = getattr(one.callback, "view_class", getattr(one.callback, "cls", None))
            if one.name not in ENDS_THE_SESSION and not any(before.startswith(p) for p in NO_CASE):
                yield f"{room}{one.name}", before + str(one.pattern), view


def model_of(name: str, view: Any) -> type[Model]:
    """What stands behind the key in an address."""
    page = getattr(view, "page", None)  # of an act's API
    model = OPENS.get(name) or getattr(page if isinstance(page, type) else view, "model", None)
    assert model, f"Say in OPENS which record {name} opens"
    found: type[Model] = model
    return found


def addresses(place: Place, user: Any, part: slice) -> Iterator[str]:
    """The address for each record of this part; of an act, for some on which it is offered."""
    name, address, view = place
    if "<" not in address:
        yield address + ASKED_WITH.get(name, "")
        return
    model = Case if "<uuid:case>" in address else model_of(name, view)
    gap = "<uuid:case>" if "<uuid:case>" in address else "<uuid:pk>"
    rows: list[Any] = [*model._default_manager.all()]
    if (step := getattr(view, "step", None)) is not None:
        rows = [row for row in rows if step.offered(row, user)][:OF_AN_ACT] or rows[:1]
    for row in rows[part] or rows[:1]:
        yield address.replace(gap, str(row.pk)) + ASKED_WITH.get(name, "")


POLICE = [*places(get_resolver("spo_cases.urls").url_patterns)]
HOSTED = [*places(get_resolver("advocates.hosted_urls").url_patterns)]


@pytest.fixture(scope="module")
def planted(shared: None) -> None:
    planting.everything()
    planting.plant()
    planting.keep_her_home()


def walked(user: Any, among: list[Place], part: slice = ALL, **host: str) -> dict[str, list[str]]:
    """What was shown to this person, by the name of its place."""
    client = Client(**host)
    client.force_login(user)
    shown: dict[str, list[str]] = {}
    for place in among:
        for address in addresses(place, user, part):
            answer = client.get(address)
            assert answer.status_code < 500 or address.startswith("/health/"), address
            content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
            shown.setdefault(place[0], []).append(content.decode(errors="replace"))
    return shown


def that_sing(shown: dict[str, list[str]], song: str = planting.HEARD) -> list[str]:
    return sorted(name for name, pages in shown.items() if any(song in page for page in pages))


def test_nobody_reads_what_the_vault_holds(planted: None) -> None:
    """Every role walks every place; every record is opened by a third of the roles, each by other ones."""
    for turn, role in enumerate(CLOSED):
        shown = walked(accounts.user(role), POLICE, slice(turn % SHARES, None, SHARES))
        assert that_sing(shown) == [], role
        if Permission.VIEW_CASE in GRANTS[role]:
            assert len(that_sing(shown, KEPT)) >= 15, role


def test_who_may_read_the_vault_reads_it_all_over_the_service(planted: None) -> None:
    shown = walked(accounts.user(Role.STALKING_LEAD), POLICE)
    assert {
        *("applications:overview", "applications:hearings", "applications:people"),
        *("orders:overview", "orders:service", "notifications:duty", "breaches:detail"),
        *("advocates:contact", "desk:overview", "api:requests-read", "api:hearings-list"),
        *("api:orders-read", "orders:card"),
    } <= {*that_sing(shown)}
    assert that_sing(shown, KEPT) == []


def test_an_advocate_reads_nothing_of_another_client(planted: None) -> None:
    shown = walked(advocates.advocate(), HOSTED, HTTP_HOST=advocates.HOST)
    assert that_sing(shown) == ["client"], "what her own client's order says of the client's home"
    planting.keep_anothers_home()
    shown = walked(advocates.advocate(), HOSTED, HTTP_HOST=advocates.HOST)
    assert shown["client"]
    assert that_sing(shown) == []


def test_the_order_check_is_silent_too(planted: None) -> None:
    client = Client()
    client.force_login(accounts.user(Role.CONTROL_ROOM))
    name = Order.objects.select_related("subject").first().subject.family_name  # type: ignore[union-attr]
    asked = {"text": name, "reason": "live_incident"}
    page = client.post("/order-check/", asked).content.decode()
    answer = client.post(
        "/api/order-check/", asked, content_type="application/json"
    ).content.decode()
    for said in (page, answer):
        assert planting.HEARD not in said
        assert KEPT in said


def test_the_log_has_none_of_it_in_clear(planted: None) -> None:
    rows = Entry.objects.filter(details__icontains=planting.HEARD)
    assert sorted({*rows.values_list("table", flat=True)}) == []


def test_each_key_is_of_a_record_that_is_known() -> None:
    for name, address, view in (*POLICE, *HOSTED):
        if "<uuid:pk>" in address:
            assert issubclass(model_of(name, view), Model)


def test_a_page_that_does_not_mask_would_be_heard() -> None:
    assert that_sing({"a": ["Zelkova Lane"], "b": [KEPT]}) == ["a"]
