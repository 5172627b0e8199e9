"""Cases at each stage, and what an advocate reads of one."""

import re
from datetime import timedelta

from django.test import Client

from applications import lifecycle as applications
from applications.models import Application
from applications.tests import factories as drafts
from casework import clock
from casework.models import Case
from orders.tests import factories as orders

WITHDRAWN_FOR = Application.WithdrawalReason.values[0]


def status_of(browser: Client, case: Case) -> str:
    answer = browser.get(f"/clients/{case.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def headline(html: str) -> str:
    found = re.search(r'class="adv-status[^"]*"><p>([^<]+)</p>', html)
    assert found
    return found[1]


def accepted() -> Case:
    return drafts.draft().case


def interim_made() -> Case:
    return orders.made(kind="interim").case


def interim_served() -> Case:
    return orders.served(clock.now() - timedelta(days=1), kind="interim").case


def full_open_ended() -> Case:
    return orders.served(clock.now() - timedelta(days=1), until_further_order=True).case


def refused() -> Case:
    heard = drafts.heard()
    facts = {"outcome": "refused", "reason": "not_proved", "note": "Not proved"}
    applications.result_hearing(heard, by=drafts.officer(), **facts)
    return heard.case


def temporary_refused() -> Case:
    heard = drafts.heard(purpose="interim")
    facts = {"outcome": "interim_refused", "reason": "not_appropriate"}
    applications.result_hearing(heard, by=drafts.officer(), **facts)
    return heard.case


def lapsed() -> Case:
    """The interim order's period is over, and the hearing is still to come."""
    order = orders.served(clock.now() - timedelta(days=40), kind="interim")
    return order.case
