"""At night, on a phone: the link in a message that says nothing, and one tap."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import turn
from alerts.tests.factories import breach, case, deadline, later
from spo_cases.tests.browsing import PASSWORD, Somebody, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 375, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def account(role: Role, username: str, name: str) -> User:
    user = accounts.user(role, username=username, name=name)
    user.set_password(PASSWORD)
    with transaction.atomic():
        user.save(update_fields=["password"])
    return user


def test_a_breach_alert_is_taken_with_one_tap(
    browser: Browser, live_server: Any, settings: Any, tmp_path: Any
) -> None:
    settings.EMAIL_URL, settings.SITE_URL = f"file://{tmp_path}", live_server.url
    account(Role.STALKING_LEAD, "lead", "Helen Sampleford")
    account(Role.CONTROL_ROOM, "control", "Nightly Desk")
    of = case(officer=account(Role.OFFICER, "officer", "Priya Mockley"))
    deadline(of, due_at=later(hours=-9))
    breach(of)
    turn.take()
    mails = [
        path.read_text() for path in tmp_path.glob("*.eml") if "answer now" in path.read_text()
    ]
    link = mails[0].rpartition(live_server.url)[2].strip()
    assert not any("Testwood" in mail for mail in mails)

    lead = Somebody(browser, live_server.url, "lead")
    lead.go("/alerts/")
    lead.reads("Your alerts", "Not acknowledged", of.reference)

    duty = Somebody(browser, live_server.url, "control")
    duty.page.set_viewport_size(PHONE)
    duty.go(link)
    duty.reads("Nobody has acknowledged it", of.reference, "Duty inbox", "Helen Sampleford")
    duty.press("Acknowledge and take it")
    duty.reads("Nightly Desk took it")
    assert "Testwood" not in "".join([duty.page.inner_text("body"), *duty.seen])

    lead.go(link)
    lead.reads("Nightly Desk took it")
