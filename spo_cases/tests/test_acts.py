"""Every act that a room declares can be done on a page and through the API, by the same class."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLResolver, get_resolver

from accounts.roles import Permission
from casework import frame
from casework.pages import ActView
from spo_cases.printed import ROOMS

HOSTS = ("spo_cases.urls", "advocates.hosted_urls")


def views(patterns: list[Any]) -> Iterator[Any]:
    """Every view that has an address."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.callback


VIEWS = [view for host in HOSTS for view in views(get_resolver(host).url_patterns)]
PAGES = {getattr(view, "view_class", None) for view in VIEWS}
APIS = {getattr(getattr(view, "cls", None), "page", None) for view in VIEWS}


def declared(kind: type[ActView] = ActView) -> Iterator[type[ActView]]:
    """The views that have an act; their addresses have imported them all."""
    for view in kind.__subclasses__():
        if "step" in vars(view) and ".tests." not in view.__module__:
            yield view
        yield from declared(view)


ACTS = sorted(set(declared()), key=lambda view: (view.__module__, view.__name__))


@pytest.mark.parametrize(
    "place", [name for _, name, *_ in frame.SERVICE + frame.CASE + frame.ABOUT]
)
def test_each_place_of_a_navigation_is_a_page(place: str) -> None:
    """A name that nobody answers to would be left out without a word."""
    assert frame.address(place) or frame.address(place, case=uuid4())


def test_there_are_acts() -> None:
    assert ACTS


@pytest.mark.parametrize("view", ACTS, ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_each_act_has_its_page_and_its_api(view: type[ActView]) -> None:
    assert view in PAGES
    assert view in APIS


STEPS = {
    f"{room}.{step.name}": step
    for room in ROOMS
    if find_spec(f"{room}.lifecycle")
    for step in import_module(f"{room}.lifecycle").STEPS
}
ANSWERED_ON = {  # one page asks, and its answer says which of several steps is taken
    "applications.decline_request": "applications.accept_request",
    "applications.overturn_decline": "applications.confirm_decline",
    "applications.return_application": "applications.give_authority",
    "applications.refuse_authority": "applications.give_authority",
    "orders.serve_late": "orders.serve",
    "orders.serve_wording": "orders.serve",
    "orders.refuse_variation": "orders.grant_variation",
    "orders.withdraw_variation": "orders.grant_variation",
    "notifications.notify": "notifications.record_attendance",
    "notifications.notify_late": "notifications.record_attendance",
    "notifications.attend_again": "notifications.accept_attendance",
    "notifications.excuse_failure": "notifications.investigate_failure",
    "notifications.leave_failure": "notifications.investigate_failure",
    "contact.try_to_tell": "contact.tell",
}
FOLLOWS = {  # nobody asks for it: it is what another act, or the time, does to this record
    "applications.void_authority": "the clock",
    "applications.grant": "applications.result_hearing",
    "applications.refuse": "applications.result_hearing",
    "applications.withdraw_in_court": "applications.result_hearing",
    "applications.join_request": "applications.close_duplicate",
    "applications.relist_hearing": "applications.correct_result",
    "applications.reopen_application": "applications.correct_result",
    "orders.vary": "orders.grant_variation",
    "orders.renew": "orders.grant_variation",
    "orders.discharge": "orders.grant_variation",
    "orders.replace": "orders.make_order",
    "orders.correct_end": "orders.correct_order",
    "orders.correct_replaced": "orders.correct_order",
    "orders.determine": "applications.result_hearing",
    "orders.revive": "applications.correct_result",
    "orders.expire": "the clock",
    "notifications.open_failure": "the clock",
    "advocates.end_consent": "applications.edit",
    "advocates.run_out_consent": "the clock",
}
OPENED_BY = {  # permissions that let people read, with no act of their own
    Permission.VIEW_CASE,
    Permission.VIEW_CASELOAD,
    Permission.CHECK_ORDERS,
    Permission.VIEW_CONFIDENTIAL,
    Permission.VIEW_AUDIT,
    Permission.VIEW_FIGURES,
    Permission.VIEW_REACH,
    Permission.VIEW_STATUS,
}


def has_a_page(name: str) -> bool:
    return any(view.step is STEPS.get(name) for view in ACTS)


@pytest.mark.parametrize("name", sorted(STEPS))
def test_each_step_of_each_lifecycle_is_an_act_that_somebody_can_do(name: str) -> None:
    """Its page and API are held by the test above; a step on nobody's page must follow another."""
    if name in FOLLOWS:
        causes = FOLLOWS[name]
        assert not has_a_page(name)
        assert causes == "the clock" or has_a_page(causes)
        if causes == "the clock":
            assert STEPS[name].needs == Permission.RUN_CLOCK
    else:
        assert has_a_page(ANSWERED_ON.get(name, name)), f"no page and no API for {name}"


def test_the_tables_name_steps_that_exist() -> None:
    assert set(FOLLOWS) | set(ANSWERED_ON) <= set(STEPS)


@pytest.mark.parametrize("permission", sorted(set(Permission) - OPENED_BY))
def test_each_permission_lets_somebody_do_something(permission: Permission) -> None:
    steps = [*STEPS.values(), *(view.step for view in ACTS)]
    assert permission in {step.needs for step in steps}, f"no act needs {permission}"
