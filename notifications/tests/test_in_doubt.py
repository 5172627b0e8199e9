"""He notified where, or to whom, s10 may not accept it: whoever reads of it reads of the doubt."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates import happened
from desk import happenings
from law.periods import LONDON
from notifications import lifecycle, queries
from notifications.models import Duty
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
CAME = datetime(2026, 5, 5, 12, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


def away() -> dict[str, Any]:
    return {"station": factories.station(accounts.other_force(), "Sampleford Road")}


def unauthorised() -> dict[str, Any]:
    return {"heard_by_constable": False}


def told(duty: Duty) -> str:
    """What the pages of the police and the advocate's say of it, in one text."""
    client = Client()
    client.force_login(factories.manager(duty.force))
    paths = (f"/notifications/duties/{duty.pk}/", "/notifications/?state=done")
    pages = [client.get(path).content.decode() for path in paths]
    pages += [one.text for one in happened.happened(duty.case, accounts.user(Role.ADVOCATE))]
    return " ".join([*pages, *(one.text for one in happenings.of_case(duty.case))])


SAID = ("Whether that counts is in doubt", "Notified in time, in doubt", "which may not count")
SAID_TO_HER = "Whether it counts is not settled."


@pytest.mark.parametrize("facts", [away, unauthorised])
def test_it_is_said_everywhere(duty: Duty, facts: Any) -> None:
    factories.attended(duty, CAME, **facts())
    assert queries.doubted(Duty.objects.get(pk=duty.pk))
    page = told(duty)
    for words in (*SAID, SAID_TO_HER):
        assert words in page


def test_what_s10_accepts_or_was_put_right_is_not_doubted(duty: Duty) -> None:
    wrong = factories.attended(duty, CAME, **away())
    lifecycle.correct_attendance(
        duty,
        by=factories.manager(duty.force),
        reason="It was at the Testham station",
        given=factories.given(CAME),
        wrong=wrong,
    )
    assert duty.status == Duty.Status.MET
    page = told(duty)
    for words in (*SAID, SAID_TO_HER):
        assert words not in page
