"""Where he must attend: what is known, and from where; what nobody was told is asked, never guessed."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Application, Court
from casework import forms
from casework.models import Case
from casework.tests.browsing import fill
from law.periods import LONDON
from notifications import areas, lifecycle
from notifications.forms import AttendForm
from notifications.models import Attendance, Duty
from notifications.tests import factories
from notifications.where import where
from orders.models import Order
from orders.tests import factories as orders
from people import actions as people

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
CAME = MADE + timedelta(days=1)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.select_related("order__application__case__force").get(pk=initial.pk)


def names() -> tuple[str, str]:
    return accounts.force().name, accounts.other_force().name


def lives(duty: Duty, line: str, area: Any = None, told_by: str = "") -> None:
    people.add_address(
        duty.order.subject, by=orders.officer(), lines=line, police_force=area, told_by=told_by
    )


def limb(duty: Duty, said: str) -> None:
    with transaction.atomic():
        Application.objects.filter(pk=duty.order.application_id).update(area_limb=said)
    duty.order.application.area_limb = said


def page(duty: Duty, act: str = "") -> str:
    client = Client()
    client.force_login(factories.manager())
    return client.get(f"/notifications/duties/{duty.pk}/{act}").content.decode()


class TestKnown:
    def test_of_the_limb_alone_he_is_asked(self, duty: Duty) -> None:
        limb(duty, Application.AreaLimb.RESIDES)
        answer = where(duty)
        assert answer.areas == ()
        assert any("The application said that they lived" in known for known in answer.known)
        assert answer.without == names()[0], "s10(2): the court's"
        for act in ("", "attend/"):
            assert "in which police area is not known" in page(duty, act)

    @pytest.mark.parametrize("said", ["believed_in", "intends"])
    def test_of_another_limb_nothing_follows(self, duty: Duty, said: str) -> None:
        limb(duty, said)
        assert where(duty).areas == ()
        assert any("did not say where they lived" in known for known in where(duty).known)

    def test_of_nothing_at_all(self, duty: Duty) -> None:
        limb(duty, "none_needed")
        assert (where(duty).areas, where(duty).known) == ((), ())
        assert "Nothing is recorded about where" in page(duty)

    def test_an_address_without_its_area_is_never_read_for_one(self, duty: Duty) -> None:
        lives(duty, f"1 {names()[0]} Road", told_by="A neighbour")
        answer = where(duty)
        assert answer.areas == ()
        assert any("nobody was asked in which police area" in known for known in answer.known)
        assert any("A neighbour" in known for known in answer.known)

    def test_of_one_address_with_its_area(self, duty: Duty) -> None:
        lives(duty, "1 Test Road", accounts.other_force(), "His sister")
        answer = where(duty)
        assert answer.areas == (names()[1],)
        assert any("His sister" in known for known in answer.known)

    def test_of_several_homes_each_will_do_until_he_says_which(self, duty: Duty) -> None:
        lives(duty, "1 Test Road", accounts.force())
        lives(duty, "2 Sample Road", accounts.other_force())
        answer = where(duty)
        assert answer.several
        assert set(answer.areas) == set(names())
        assert "main residence decides" in page(duty)

    def test_what_he_notified_goes_before_what_is_recorded(self, duty: Duty) -> None:
        lives(duty, "1 Test Road", accounts.force())
        factories.attended(duty, CAME, home_force=accounts.other_force())
        moved = factories.changed(duty.order, date(2026, 5, 10))
        assert where(moved).areas == (names()[1],)
        assert any("They notified on 5 May 2026" in known for known in where(moved).known)
        assert where(moved).last_notified == names()[1], "s14(1), where he has no home any more"

    def test_what_was_decided_not_to_count_is_no_notification(self, duty: Duty) -> None:
        came = factories.attended(
            duty, CAME, home_force=accounts.other_force(), heard_by_constable=False
        )
        assert any("They notified on" in known for known in where(duty).known)
        lifecycle.decide_attendance(
            came, by=accounts.user(Role.LEGAL), outcome="again", reason="Nobody authorised it"
        )
        assert not any("They notified on" in known for known in where(duty).known)

    @pytest.mark.parametrize("restricted", [False, True])
    def test_he_is_asked_for_the_person_not_for_the_case(
        self, duty: Duty, restricted: bool
    ) -> None:
        """R10.1, R10.4. Of a restricted case nothing is said in another."""
        other = factories.duty(orders.served(MADE))
        factories.attended(other, CAME, home_force=accounts.other_force())
        assert where(duty).areas == (), "somebody else's"
        with transaction.atomic():
            Case.objects.filter(pk=other.case_id).update(
                subject=duty.order.subject,
                restricted=restricted,
                restricted_reason="Known here" if restricted else "",
            )
            Order.objects.filter(pk=other.order_id).update(subject=duty.order.subject)
        assert where(duty).areas == (() if restricted else (names()[1],))

    def test_of_a_move(self, duty: Duty) -> None:
        moved = factories.changed(
            duty.order,
            date(2026, 5, 10),
            kind="address",
            home_force=accounts.other_force(),
            left_force=accounts.force(),
        )
        answer = where(moved)
        assert answer.areas == (names()[1],)
        assert any("Before the day of the move" in known for known in answer.known)


class TestAtTheStation:
    def body(self, **facts: Any) -> Any:
        given = vars(factories.given(CAME))
        given.pop("heard_by_constable")
        usual = {"heard_by": "constable", "station": factories.station().pk}
        return forms.as_data(AttendForm(), given | usual | facts)

    def post(self, duty: Duty, **facts: Any) -> Any:
        client = Client()
        client.force_login(factories.manager())
        return fill(client, f"/notifications/duties/{duty.pk}/attend/", self.body(**facts))

    def test_the_area_is_asked_and_none_is_selected_beforehand(self, duty: Duty) -> None:
        answer = self.post(duty, home_force="")
        assert answer.status_code == 422
        assert "Select the police area of that address" in answer.content.decode()
        assert not Attendance.objects.exists()

    def test_whether_there_are_several_places_is_asked(self, duty: Duty) -> None:
        answer = self.post(duty, address_limb="found", picked="")
        assert answer.status_code == 422
        assert "Select whether there are several such places" in answer.content.decode()

    @pytest.mark.parametrize(
        ("limb", "picked", "kept", "found"),
        [
            ("found", "he", "he", []),
            ("found", "one", "one", []),
            ("found", "not_he", "not_he", ["s14(1)"]),
            ("home", "not_he", "", []),
        ],
    )
    def test_the_place_is_his_to_choose(
        self, duty: Duty, limb: str, picked: str, kept: str, found: list[str]
    ) -> None:
        area = accounts.force()
        assert self.post(duty, address_limb=limb, picked=picked, home_force=area).status_code == 302
        held = duty.attendances.get()
        assert held.picked == kept
        assert [one["provision"] for one in held.findings] == found


class TestWarned:
    def test_what_else_was_taken_is_recorded_with_the_law_s_remark(self, duty: Duty) -> None:
        held = factories.attended(duty, CAME, also_taken="a DNA sample")
        (remark,) = held.findings
        assert (remark["provision"], remark["weight"]) == ("s10(5)", "warn")
        assert "does not allow a DNA sample to be taken" in remark["message"]
        assert duty.status == Duty.Status.MET

    def test_what_may_be_taken_is_not_remarked(self, duty: Duty) -> None:
        assert factories.attended(duty, CAME, also_taken="photograph").findings == []

    @pytest.mark.parametrize(
        ("told", "day", "warned"),
        [
            ("Si Example", date(2026, 5, 7), True),
            ("SI EXAMPLE", date(2026, 5, 5), True),
            ("Si Example", date(2026, 5, 4), False),
            ("Somebody Else", date(2026, 5, 7), False),
        ],
    )
    def test_a_name_that_he_notified_before_he_used_it(
        self, duty: Duty, told: str, day: date, warned: bool
    ) -> None:
        factories.attended(duty, CAME)
        change = factories.changed(duty.order, day, told=told)
        found = [f["provision"] for f in change.findings if "no later than" in f["message"]]
        assert found == (["s9(3)"] if warned else [])
        assert change.status == Duty.Status.OPEN, "it warns, and the deadline runs"

    def test_an_address_only_where_it_is_the_last_that_he_notified(self, duty: Duty) -> None:
        factories.attended(duty, CAME, address_given="5 Quay Road, Testham")
        back = {"kind": "address", "told": "5 Quay Road, Testham"}
        change = factories.changed(duty.order, date(2026, 5, 8), **back)
        assert [f["provision"] for f in change.findings] == ["s9(4)"]
        away = factories.changed(duty.order, date(2026, 5, 9), kind="address", told="9 Test Way")
        factories.attended(away, CAME + timedelta(days=5), address_given="9 Test Way")
        again = factories.changed(duty.order, date(2026, 6, 1), **back)
        assert again.findings == []


def test_the_court_is_the_one_that_last_made_an_order_for_him_in_any_of_his_cases(
    duty: Duty,
) -> None:
    """R10.2 asks for the person, not for the case that the duty is of."""
    there = accounts.other_force()
    later = orders.served(MADE + timedelta(days=30))
    assert areas.court_area(duty) == duty.force_id, "an order of somebody else changes nothing"
    with transaction.atomic():
        far = Court.objects.create(name="Faraway Court", area=there)
        Case.objects.filter(pk=later.case_id).update(subject=duty.order.subject)
        Order.objects.filter(pk=later.pk).update(subject=duty.order.subject, court=far)
    assert areas.court_area(duty) == there.pk
