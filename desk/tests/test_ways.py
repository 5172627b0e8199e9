"""A clock leads to an act that is the reader's, and never to a page that says whose it is."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, sweep
from alerts.models import Alert
from applications.tests import factories as applications
from audit.actor import acting_as
from casework import ways
from casework.clock import now
from casework.models import Case, Deadline
from desk.tests import factories

CASE, RECORD = UUID(int=1), UUID(int=2)


def leads(role: Role, path: str) -> str:
    """The name of the page behind a clock of that path."""
    user = User(role=role)
    return resolve(ways.of(user, SimpleNamespace(path=path, case_id=CASE))).view_name


@pytest.mark.parametrize(
    ("path", "role", "name"),
    [
        (f"/orders/{RECORD}/serve/", Role.OFFICER, "orders:serve"),
        (f"/orders/{RECORD}/serve/", Role.OFFENDER_MANAGER, "orders:serve"),
        (f"/orders/{RECORD}/serve/", Role.LEGAL, "orders:service"),
        (f"/orders/{RECORD}/serve/", Role.AUDITOR, "orders:service"),
        (f"/applications/{RECORD}/authority/", Role.STALKING_LEAD, "applications:overview"),
        (f"/applications/{RECORD}/lodge/", Role.AUTHORISING_OFFICER, "applications:overview"),
        (f"/applications/{RECORD}/", Role.AUDITOR, "applications:overview"),  # only shows
        ("", Role.AUDITOR, "desk:overview"),
        ("/no-such-page/", Role.OFFICER, ""),
    ],
)
def test_where_a_clock_leads(path: str, role: Role, name: str) -> None:
    if name:
        assert leads(role, path) == name
    else:
        user = User(role=role)
        assert ways.of(user, SimpleNamespace(path=path, case_id=CASE)) == path


@pytest.fixture
def waiting(db: None) -> Case:
    """An application that waits for authority: the lead and the officer see its clock."""
    return applications.submitted(by=factories.officer()).case


@pytest.mark.parametrize("page", ["/", "/cases/{case}/"])
def test_a_lead_is_not_led_to_the_superintendents_act(
    client: Client, waiting: Case, page: str
) -> None:
    clock = Deadline.objects.get(case=waiting, kind="authorise")
    client.force_login(factories.lead())
    html = client.get(page.format(case=waiting.pk)).content.decode()
    assert clock.title in html
    assert f'href="{clock.path}"' not in html
    assert client.get(ways.of(factories.lead(), clock)).status_code == 200
    client.force_login(accounts.user(Role.AUTHORISING_OFFICER))
    html = client.get(page.format(case=waiting.pk)).content.decode()
    assert f'href="{clock.path}"' in html


def test_nor_by_an_alert_about_it_nor_by_the_list_of_parts(client: Client, waiting: Case) -> None:
    clock = Deadline.objects.get(case=waiting, kind="authorise")
    with transaction.atomic(), acting_as("somebody"):
        Deadline.objects.filter(pk=clock.pk).update(due_at=now() - timedelta(hours=1))
    sweep.run()
    addressing.run()
    alert = Alert.objects.filter(deadline=clock).first()
    assert alert
    superintendent = accounts.user(Role.AUTHORISING_OFFICER)
    for page in ("/", f"/alerts/{alert.pk}/", f"/applications/{waiting.pk}/"):
        for user, led in ((factories.lead(), False), (superintendent, True)):
            client.force_login(user)
            html = client.get(page).content.decode()
            assert (f'href="{clock.path}"' in html) == led, (page, user.role)
