"""The page of one case at every stage: where it stands, what is missing, and never a name in its title."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Hearing
from applications.tests import factories as applications
from casework import clock
from casework.models import Case
from desk import happenings
from desk.tests import factories
from notifications.tests import factories as duties
from orders.models import Order
from orders.tests import factories as orders
from people.tests import factories as people

pytestmark = pytest.mark.django_db
STAGES: dict[str, tuple[Callable[[], Case], str, tuple[str, ...]]] = {
    "request": (factories.requested, "Waits for a decision", ("First ask",)),
    "declined": (factories.declined, "Declined", ("First ask",)),
    "drafting": (factories.drafted, "Draft", ("First ask",)),
    "lodged": (factories.lodged, "Before the court", ("Authority given", "Application lodged")),
    "listed": (factories.listed, "Before the court", ("Full hearing listed",)),
    "made": (factories.made, "Not served", ("Interim order made", "Hearing: interim order made")),
    "served": (factories.served, "Interim order", ("Served in person, explained", "Last day")),
    "breach": (factories.breached, "Breach open", ("Suspected breach of condition 1, open",)),
    "ended": (factories.ended, "Ended", ("Full order made",)),
}

BAR = {
    "made": ["Interim order in force", "Not served"],
    "served": ["Interim order in force", "Served", "Must notify", "Not told: order made"],
    "breach": [
        *("Interim order in force", "Served", "Must notify", "Breach open"),
        "Not told: order made",
    ],
    "ended": ["Ended", "Not told: order ended"],
}


def bar(html: str) -> list[str]:
    """The tags of the identity bar."""
    said = html.partition("app-id__marks")[2].partition("</span>")[0]
    found = re.findall(r"govuk-tag[^>]*>\s*([^<]+?)\s*<", said)
    return [re.sub(r"(?<=Must notify) by \d+ \w+$", "", tag) for tag in found]


def page(client: Client, case: Case) -> str:
    answer = client.get(reverse("desk:overview", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage(client: Client, stage: str) -> None:
    make, mark, said = STAGES[stage]
    client.force_login(factories.lead())
    case = make()
    html = page(client, case)
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert title.strip().startswith(f"Overview, {case.reference}")
    case.refresh_from_db()
    if case.subject:
        assert case.subject.family_name not in title
        assert case.subject.full_name in html
    assert re.search(rf"govuk-tag[^>]*>\s*{mark}", html), "the tag of where it stands"
    for text in said:
        assert text in html
    said_in_bar = BAR.get(stage, [])
    assert bar(html)[-len(said_in_bar) :] == said_in_bar or not said_in_bar
    assert html.count('role="img"') == 2, "drawn for a desk and for a phone"
    assert html.count("<svg") >= 2


def test_a_protected_persons_place_is_not_on_it(client: Client) -> None:
    client.force_login(factories.lead())
    html = page(client, factories.drafted())
    assert "Carys Ffugiwr" in html
    for secret in people.HOME.split(", "):
        assert secret not in html


def test_it_warns_of_the_time_without_an_order(client: Client) -> None:
    """The interim order ends in a week, the hearing is in two."""
    client.force_login(factories.lead())
    order = orders.made(kind="interim", last_day=clock.today() + timedelta(days=7))
    applications.hearing(order.application, starts_at=clock.now() + timedelta(days=14))
    html = page(client, order.case)
    assert "The order ends before the hearing" in html
    assert "no order from" in html


def test_a_hearing_that_was_vacated_is_not_drawn_as_one_to_come(client: Client) -> None:
    lead = factories.lead()
    client.force_login(lead)
    case = factories.listed()
    hearing = Hearing.objects.get()
    (drawn,) = [h for h in happenings.of_case(case) if h.lane is happenings.Lane.HEARINGS]
    assert (drawn.shape, drawn.short) == (happenings.Shape.HEARING, "full hearing listed")
    with clock.at(hearing.starts_at + timedelta(hours=1)):
        (drawn,) = [h for h in happenings.of_case(case) if h.lane is happenings.Lane.HEARINGS]
        assert drawn.text == "Full hearing, no result yet"
    applications.lifecycle.vacate_hearing(hearing, by=lead, note="The court has no room")
    (drawn,) = [h for h in happenings.of_case(case) if h.lane is happenings.Lane.HEARINGS]
    assert (drawn.shape, drawn.text) == (happenings.Shape.VACATED, "Full hearing vacated")
    assert "Full hearing vacated" in page(client, case)


def test_it_does_not_warn_where_the_order_lasts(client: Client) -> None:
    client.force_login(factories.lead())
    order = orders.made(kind="interim")
    applications.hearing(order.application, starts_at=clock.now() + timedelta(days=14))
    assert "moj-alert--warning" not in page(client, order.case)


def test_conditions_are_those_that_bind_now(client: Client) -> None:
    client.force_login(factories.lead())
    html = page(client, factories.served())
    for told in ("Must not contact Ms A", "Must not go into Area A, Testham", "Must attend"):
        assert told in html
    assert "No order has effect now" in page(client, factories.ended())


def test_happenings_are_in_order_and_cost_the_same_for_any_case() -> None:
    short, long = factories.requested(), factories.breached()
    for case in (short, long):
        with CaptureQueriesContext(connection) as asked:
            found = happenings.of_case(case)
        assert [h.at for h in found] == sorted(h.at for h in found)
        assert len(asked) <= 11
    lanes = {h.lane for h in happenings.of_case(long)}
    assert lanes == set(happenings.Lane)


def test_the_last_day_to_notify_is_drawn_as_done_once_he_came_in_time() -> None:
    order = orders.served(clock.now() - timedelta(days=1))
    duty = duties.duty(order)

    def drawn() -> list[tuple[str, bool]]:
        in_lane = [h for h in happenings.of_case(order.case) if h.lane.name == "NOTIFICATION"]
        return [(h.shape.value, h.short.startswith("due by")) for h in in_lane]

    assert ("duty", True) in drawn()
    duties.attended(duty, clock.now() - timedelta(minutes=5))
    assert ("met", False) in drawn()
    assert ("duty", True) not in drawn()


def test_a_short_order_lasts_to_its_last_midnight_in_the_drawing() -> None:
    case = factories.ended()
    order = Order.objects.get(case=case)
    (bar,) = [h for h in happenings.of_case(case) if h.lane is happenings.Lane.ORDER]
    assert (bar.at, bar.until) == (order.made_at, order.ended_at)


@pytest.mark.parametrize("of", ["another force", "another unit", "restricted"])
def test_a_case_that_is_closed_to_me_does_not_exist(client: Client, of: str) -> None:
    client.force_login(factories.officer())
    if of == "another force":
        case = factories.case(officer=accounts.user(of=accounts.other_force()))
    elif of == "another unit":
        unit = accounts.unit(name="North CID")
        case = factories.case(officer=accounts.user(username="north", unit=unit))
    else:
        case = factories.case(restricted=True)
    for name in ("desk:overview", "desk:history"):
        assert client.get(reverse(name, args=[case.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.CONTROL_ROOM, Role.ANALYST])
def test_roles_that_open_no_case(client: Client, role: Role) -> None:
    case = factories.case()
    client.force_login(accounts.user(role))
    assert client.get(reverse("desk:overview", args=[case.pk])).status_code == 404


@pytest.mark.parametrize(
    ("role", "assigns", "restricts"),
    [
        (Role.STALKING_LEAD, True, True),
        (Role.PROFESSIONAL_STANDARDS, False, True),
        (Role.OFFICER, False, False),
    ],
)
def test_who_is_led_to_assigning_and_restricting(
    client: Client, role: Role, assigns: bool, restricts: bool
) -> None:
    case = factories.requested()
    client.force_login(accounts.user(role))
    html = page(client, case)
    assert (reverse("applications:assign_case", args=[case.pk]) in html) == assigns
    assert (reverse("applications:restrict_case", args=[case.pk]) in html) == restricts
    assert reverse("applications:lift_restriction", args=[case.pk]) not in html


def test_a_restricted_case_says_why_and_leads_to_lifting_it(client: Client) -> None:
    case = factories.case(restricted=True, restricted_reason="The subject works here")
    client.force_login(accounts.user(Role.PROFESSIONAL_STANDARDS))
    html = page(client, case)
    assert "The subject works here" in html
    assert reverse("applications:lift_restriction", args=[case.pk]) in html


def test_what_is_done_to_the_case_itself_is_told_in_words(client: Client) -> None:
    case, lead = factories.requested(), factories.lead()
    applications.lifecycle.restrict_case(case, by=lead, reason="Known here", named=[lead])
    client.force_login(lead)
    answer = client.get(reverse("desk:history", args=[case.pk]))
    assert "The case was restricted to those who are named" in answer.content.decode()


def test_the_owning_unit_is_named_with_its_number(client: Client) -> None:
    case = factories.served()
    client.force_login(factories.lead())
    assert "In danger now: 999" in page(client, case)
    unit = case.unit or accounts.unit(case.force)
    Case.objects.filter(pk=case.pk).update(unit=unit)
    type(unit).objects.update(phone="01632 960 199", hours="day and night")
    assert 'href="tel:01632960199">01632 960 199</a>, day and night' in page(client, case)
