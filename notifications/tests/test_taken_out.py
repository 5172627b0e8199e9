"""What a wrong record alone told us is taken out of what an order check finds, where it is not his."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework import clock
from casework.errors import Refused
from law.periods import LONDON
from notifications import lifecycle
from notifications.lifecycle import learning
from notifications.models import Attendance, Duty
from notifications.tests import factories
from orders import queries as orders_queries
from orders.queries import Reason
from orders.tests import factories as orders
from people import actions as people
from people.models import Address, Name, Person

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
CAME = MADE + timedelta(days=1)
WHY = "Another man of this name came"
TOLD: dict[str, Any] = {
    "names_given": "Siôn Mockford\nSiôn Prawf",
    "address_given": "77 Specimen Row, Testham",
}


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


def found(text: str) -> list[Person]:
    """Whom a control room finds by this."""
    answer = orders_queries.check(
        accounts.user(Role.CONTROL_ROOM), text, reason=Reason.STOP, moment=clock.now()
    )
    return [card.person for card in answer.cards if card.person is not None]


def name(text: str = "Siôn Prawf") -> Name:
    return Name.objects.get(text=text)


def take_back(duty: Duty, **out: Any) -> Duty:
    return lifecycle.take_back_attendance(duty, by=factories.manager(), reason=WHY, **out)


def test_what_is_not_his_finds_him_no_more(duty: Duty) -> None:
    came = factories.attended(duty, CAME, **TOLD)
    assert found("Sion Prawf") == found("77 Specimen Row") == [duty.order.subject]
    address = Address.objects.get(lines__startswith="77")
    take_back(duty, names_out=[name()], addresses_out=[address])
    assert found("Sion Prawf") == found("77 Specimen Row") == []
    came.refresh_from_db()
    assert came.names_given == TOLD["names_given"], "the record keeps what it said"
    assert Entry.objects.filter(verb="take_out", actor=factories.manager().username).exists()
    removed = Entry.objects.filter(table="people_name", kind=Entry.Kind.ROW)
    assert removed.exists(), "and the log that the row was there"


def test_what_nobody_names_stays(duty: Duty) -> None:
    factories.attended(duty, CAME, **TOLD)
    take_back(duty)
    assert found("Sion Prawf") == found("77 Specimen Row") == [duty.order.subject]


def test_what_another_record_says_too_stays(duty: Duty) -> None:
    """Whatever its letters look like."""
    renamed = factories.changed(duty.order, date(2026, 5, 7), told="Sion Prawf")
    factories.attended(duty, CAME, **TOLD)
    factories.attended(renamed, CAME, names_given="SIÔN PRAWF")
    with pytest.raises(Refused) as no:
        take_back(duty, names_out=[*Name.objects.filter(text="Siôn Prawf")])
    assert no.value.field == "names_out"
    duty.refresh_from_db()
    assert duty.status == Duty.Status.MET, "all of it or none"
    only = learning.learnt_only_from(Attendance.objects.get(duty=duty))
    assert [str(a) for a in only.addresses] == ["77 Specimen Row, Testham"]
    assert not only.names.exists()


def test_what_the_officer_added_himself_is_not_offered(duty: Duty) -> None:
    by = orders.officer()
    people.add_name(duty.order.subject, by=by, kind=Name.Kind.ALIAS, text="Sim Sala")
    came = factories.attended(duty, CAME, names_given="Sim Sala")
    assert [n.kind for n in learning.learnt_only_from(came).names] == [Name.Kind.NOTIFIED]
    take_back(duty, names_out=learning.learnt_only_from(came).names)
    assert found("Sim Sala") == [duty.order.subject]


def test_a_change_that_was_not(duty: Duty) -> None:
    renamed = factories.changed(duty.order, date(2026, 5, 7))
    assert found("Sion Prawf") == [duty.order.subject]
    lifecycle.take_back_change(
        renamed, by=factories.manager(), reason=WHY, names_out=[name("Sion Prawf")]
    )
    assert found("Sion Prawf") == []


def test_a_change_that_was_another(duty: Duty) -> None:
    moved = factories.changed(duty.order, date(2026, 5, 7), kind="address")
    wrong = Address.objects.get(lines__startswith="5 Quay")
    right = lifecycle.correct_change(
        moved,
        by=factories.manager(),
        reason="It is number 6",
        kind="address",
        happened_on=date(2026, 5, 7),
        told="6 Quay Road, Testham",
        addresses_out=[wrong],
    )
    assert right.told == "6 Quay Road, Testham"
    assert found("5 Quay Road, Testham") == []
    assert found("6 Quay Road, Testham") == [duty.order.subject]


def test_a_corrected_attendance_keeps_what_the_right_one_says(duty: Duty) -> None:
    factories.attended(duty, CAME, **TOLD)

    def correct(names: str) -> Attendance:
        return lifecycle.correct_attendance(
            duty,
            by=factories.manager(),
            reason="He spelt it otherwise",
            given=factories.given(CAME, **(TOLD | {"names_given": names})),
            names_out=[name()],
        )

    with pytest.raises(Refused):
        correct("Siôn Prawf")
    correct("Siôn Brawf")
    assert found("Sion Brawf") == [duty.order.subject]
    assert not Name.objects.filter(text="Siôn Prawf").exists()


def test_only_who_may_take_it_may_take_it_out(duty: Duty) -> None:
    factories.attended(duty, CAME, **TOLD)
    for user in (accounts.user(Role.LEGAL), factories.manager(accounts.other_force())):
        with pytest.raises(Denied):
            people.unlearn(name(), by=user)


def test_the_pages_ask_and_the_interface_takes_it(duty: Duty) -> None:
    factories.attended(duty, CAME, **TOLD)
    client = Client()
    client.force_login(factories.manager())
    for act in ("take-back-attendance", "correct-attendance"):
        page = client.get(f"/notifications/duties/{duty.pk}/{act}/").content.decode()
        assert "Which of these names are not his?" in page
        assert str(name().pk) in page
    body = {"reason": WHY, "names_out": [str(name().pk)]}
    answer = client.post(f"/api/duties/{duty.pk}/take-back-attendance/", body, "application/json")
    assert answer.status_code == 200, answer.content
    assert not Name.objects.filter(text="Siôn Prawf").exists()
    page = client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert "Siôn Prawf" in page, "kept in the record that was taken back"
    soa = f"/notifications/duties/{duty.pk}/take-back-soa-duty/"
    assert "not his" not in client.get(soa).content.decode()
