"""The pages and the API of orders: what they show, what they refuse, and what they never show."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.tests import factories as drafts
from audit.models import Entry
from casework import clock, forms
from casework.models import Case
from casework.tests.browsing import fill
from orders.forms import (
    CheckForm,
    CorrectForm,
    DecideForm,
    DischargeForm,
    MakeForm,
    ServeForm,
    VaryForm,
)
from orders.models import Order, Service, Variation
from orders.terms import Act, Change, Term
from orders.tests import factories
from people import actions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> User:
    user = factories.officer()
    client.force_login(user)
    return user


def typed(form: Any, values: dict[str, Any]) -> dict[str, Any]:
    """What a browser would post."""
    return dict(forms.as_data(form, values).lists())


def post(client: Client, url: str, form: Any, values: dict[str, Any]) -> Any:
    return fill(client, url, typed(form, values))


def making(hearing: Any, **facts: Any) -> dict[str, Any]:
    return {
        "kind": "full",
        "made_at": clock.now(),
        "court": hearing.court_id,
        "period": "further_order",
        "conditions": factories.TERMS,
    } | facts


def service(**facts: Any) -> dict[str, Any]:
    proof = vars(factories.proof()) | {"understood": "yes"}
    return {k: v for k, v in proof.items() if v != ""} | facts


class TestMaking:
    def test_the_page_is_filled_with_what_was_applied_for(
        self, client: Client, officer: User
    ) -> None:
        hearing = factories.hearing()
        asked = hearing.application.conditions.get()
        page = client.get(reverse("orders:make", kwargs={"pk": hearing.pk}))
        assert page.status_code == 200
        text = page.content.decode()
        assert "As applied for:" in text
        assert str(asked.pk) in text
        assert f"{hearing.case.reference}" in text
        assert hearing.case.subject.full_name not in text.partition("</title>")[0]

    def test_the_order_is_recorded_and_its_page_shows_it(
        self, client: Client, officer: User
    ) -> None:
        hearing = factories.hearing()
        url = reverse("orders:make", kwargs={"pk": hearing.pk})
        answer = post(client, url, MakeForm(), making(hearing))
        assert answer.status_code == 302
        order = Order.objects.get(hearing=hearing)
        assert order.last_day is None
        assert order.conditions.count() == 3
        page = client.get(answer.headers["Location"]).content.decode()
        assert "Full order in force" in page
        assert "Not served" in page
        assert "The order tells them: you must not" in page
        people.correct_person(order.subject, by=officer, gender="female")
        page = client.get(answer.headers["Location"]).content.decode()
        assert "The order tells her: you must not" in page

    def test_a_condition_that_the_court_did_not_make_is_left_out(
        self, client: Client, officer: User
    ) -> None:
        hearing = factories.hearing()
        asked = hearing.application.conditions.get()
        data = typed(MakeForm(), making(hearing, conditions=(factories.KEEP_OUT,)))
        data |= {
            "conditions_1_act": "remove",
            "conditions_1_proposed": str(asked.pk),
            "conditions_1_kind": asked.kind,
            "conditions_1_text": asked.text,
        }
        client.post(reverse("orders:make", kwargs={"pk": hearing.pk}), data)
        order = Order.objects.get(hearing=hearing)
        assert [c.short for c in order.conditions.all()] == [factories.KEEP_OUT.short]
        page = client.get(reverse("orders:overview", kwargs={"case": order.case_id}))
        assert "Not made" in page.content.decode()

    def test_errors_keep_everything_typed_and_lead_to_the_box(
        self, client: Client, officer: User
    ) -> None:
        hearing = factories.hearing()
        data = typed(MakeForm(), making(hearing, period="fixed", court_reference="TM-26-1"))
        data["conditions_1_text"] = ""
        data["conditions_2_day"] = "31"
        answer = client.post(reverse("orders:make", kwargs={"pk": hearing.pk}), data)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>Error: " in page
        assert "Enter the last day of the order" in page
        assert "Condition 2: enter its words" in page
        assert 'href="#id_conditions_1_text"' in page
        assert 'id="id_conditions_1_text"' in page
        assert "TM-26-1" in page
        assert factories.NO_CONTACT.text in page
        assert not Order.objects.exists()

    def test_what_the_law_refuses_stands_at_its_field(self, client: Client, officer: User) -> None:
        hearing = factories.hearing()
        wrong = making(hearing, period="fixed", last_day=clock.today() - timedelta(days=1))
        answer = post(client, reverse("orders:make", kwargs={"pk": hearing.pk}), MakeForm(), wrong)
        assert answer.status_code == 422
        assert 'href="#id_last_day' in answer.content.decode()

    def test_an_unlawful_order_shows_its_finding_and_asks_legal(
        self, client: Client, officer: User
    ) -> None:
        order = factories.made(kind="interim", until_further_order=True)
        url = reverse("orders:overview", kwargs={"case": order.case_id})
        assert "An interim order must be for a fixed period" in client.get(url).content.decode()
        client.force_login(factories.legal(order))
        legal = reverse("orders:legal", kwargs={"pk": order.pk})
        assert "s5(6)(a)" in client.get(legal).content.decode()
        assert fill(client, legal, {"answer": "The court will correct it"}).status_code == 302
        assert "The court will correct it" in client.get(url).content.decode()

    def test_the_same_submit_twice_is_one_order(self, client: Client, officer: User) -> None:
        hearing = factories.hearing()
        url = reverse("orders:make", kwargs={"pk": hearing.pk})
        data = typed(MakeForm(), making(hearing)) | {"once": "the-same-token"}
        assert [client.post(url, data).status_code for _ in range(2)] == [302, 302]
        assert Order.objects.filter(hearing=hearing).count() == 1

    def test_a_second_order_says_what_it_is_now(self, client: Client, officer: User) -> None:
        order = factories.made()
        url = reverse("orders:make", kwargs={"pk": order.hearing_id})
        answer = post(client, url, MakeForm(), making(order.hearing))
        assert answer.status_code == 409

    def test_doors(self, client: Client) -> None:
        hearing = factories.hearing()
        url = reverse("orders:make", kwargs={"pk": hearing.pk})
        for user, status in (
            (factories.other_force_officer(), 404),
            (accounts.user(Role.CONTROL_ROOM), 404),
            (accounts.user(Role.AUDITOR), 403),
        ):
            client.force_login(user)
            assert client.get(url).status_code == status
        client.logout()
        assert client.get(url).status_code == 302


class TestServing:
    def test_service_and_its_correction(self, client: Client, officer: User) -> None:
        order = factories.made(clock.now() - timedelta(hours=2))
        url = reverse("orders:serve", kwargs={"pk": order.pk})
        assert client.get(url).status_code == 200
        assert post(client, url, ServeForm(), service()).status_code == 302
        shown = reverse("orders:service", kwargs={"case": order.case_id})
        assert "PC Tom Placeholder" in client.get(shown).content.decode()
        correct = reverse("orders:correct_service", kwargs={"pk": order.pk})
        assert "PC Tom Placeholder" in client.get(correct).content.decode()
        moved = service(served_at=clock.now() - timedelta(hours=1), reason="The wrong hour")
        assert post(client, correct, CorrectForm(), moved).status_code == 302
        assert order.services.count() == 2
        assert "The wrong hour" in client.get(shown).content.decode()

    def test_a_stale_page_keeps_both(self, client: Client, officer: User) -> None:
        order = factories.served()
        data = typed(ServeForm(), service()) | {"reason": "x", "version": "1"}
        url = reverse("orders:correct_service", kwargs={"pk": order.pk})
        assert client.post(url, data).status_code == 409
        assert order.services.count() == 1

    def test_twice_and_before_the_making(self, client: Client, officer: User) -> None:
        order = factories.made(clock.now() - timedelta(hours=1))
        url = reverse("orders:serve", kwargs={"pk": order.pk})
        early = service(served_at=order.made_at - timedelta(hours=2))
        answer = post(client, url, ServeForm(), early)
        assert answer.status_code == 422
        assert "must be after the order was made" in answer.content.decode()
        assert post(client, url, ServeForm(), service()).status_code == 302
        assert post(client, url, ServeForm(), service()).status_code == 409
        assert Service.objects.count() == 1

    def test_an_impossible_or_ambiguous_time_is_an_error_of_the_field(
        self, client: Client, officer: User
    ) -> None:
        order = factories.made(clock.now() - timedelta(days=60))
        url = reverse("orders:serve", kwargs={"pk": order.pk})
        data = typed(ServeForm(), service())
        boxes = ("day", "month", "year", "hour", "minute")
        for said in (("31", "2", "2026", "10", "00"), ("25", "10", "2026", "01", "30")):
            data |= {f"served_at_{box}": text for box, text in zip(boxes, said, strict=True)}
            answer = client.post(url, data)
            assert answer.status_code == 422
        data["served_at_which"] = "second"
        assert fill(client, url, data).status_code == 302

    def test_an_attempt(self, client: Client, officer: User) -> None:
        order = factories.made(clock.now() - timedelta(hours=1))
        url = reverse("orders:attempt", kwargs={"pk": order.pk})
        assert client.get(url).status_code == 200
        data = {"place": "3 Sample Street", "what_happened": "Nobody answered"}
        moment = typed(ServeForm(), {"served_at": clock.now()})
        data |= {k.replace("served", "tried"): v for k, v in moment.items()}
        assert fill(client, url, data).status_code == 302
        shown = client.get(reverse("orders:service", kwargs={"case": order.case_id}))
        assert "Nobody answered" in shown.content.decode()


class TestWordsThatHeWasNotGiven:
    def test_the_order_s_page_and_the_check_say_it_as_loud_as_not_served(
        self, client: Client, officer: User
    ) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        url = reverse("orders:overview", kwargs={"case": order.case_id})
        assert "Change not served" not in client.get(url).content.decode()
        factories.varied(order, changes=(Change(Act.REMOVE, 3),))
        page = client.get(url).content.decode()
        assert "not given the order as changed" in page
        assert "Change not served" in page.partition("<h1")[0], "the identity bar"
        assert "Change not served" in page.partition("<h1")[2]
        card = reverse("orders:card", kwargs={"pk": order.pk}) + "?reason=live_incident"
        shown = client.get(card).content.decode()
        assert "app-verdict__no" in shown
        assert "Served on" not in shown


class TestVarying:
    def test_from_asking_to_the_new_words(self, client: Client, officer: User) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        url = reverse("orders:vary", kwargs={"pk": order.pk})
        assert factories.KEEP_OUT.text in client.get(url).content.decode()
        asked = {
            "applicant": "chief_officer",
            "applicant_force": order.force_id,
            "area": "ours",
            "grounds": "He waits in the next street now.",
            "applied_on": clock.today(),
            "changes": (Change(Act.AMEND, 2, factories.ASSESSMENT), Change(Act.REMOVE, 3)),
        }
        assert post(client, url, VaryForm(), asked).status_code == 302
        variation = Variation.objects.get()
        assert variation.code == "ST19502"
        decide = reverse("orders:decide_variation", kwargs={"pk": variation.pk})
        assert "He waits in the next street now." in client.get(decide).content.decode()
        html = client.get(decide).content.decode()
        second = html.split("Condition 2 of the order</h3>")[1].split("</div>")[0]
        assert second.index(factories.KEEP_OUT.text) < second.index("As applied for:")
        assert factories.ASSESSMENT.text in second.split("As applied for:")[1]
        third = html.split("Condition 3 of the order</h3>")[1].split("</div>")[0]
        assert "to be removed" in third.split("As applied for:")[1]
        decided = {
            "outcome": "granted",
            "decided_at": clock.now(),
            "heard": ["subject"],
            "changes": asked["changes"],
        }
        assert post(client, decide, DecideForm(), decided).status_code == 302
        page = client.get(reverse("orders:overview", kwargs={"case": order.case_id}))
        assert "as changed, from" in page.content.decode()
        before = typed(ServeForm(), {"served_at": order.made_at + timedelta(hours=1)})
        data = {k.replace("served_at", "moment"): v for k, v in before.items()}
        as_at = client.get(reverse("orders:as_at", kwargs={"pk": order.pk}), data)
        assert factories.KEEP_OUT.text in as_at.content.decode()

    def test_the_label_is_kept_where_the_court_changes_the_words(self) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        words = Term("prohibition", "You must not go into Area A or Area B, Testham.")
        factories.varied(order, changes=(Change(Act.AMEND, 2, words),))
        now = order.conditions.get(number=2, wording=2)
        assert (now.short, now.text) == (factories.KEEP_OUT.short, words.text)

    def test_a_condition_of_the_court_s_own_is_asked_for_a_label(
        self, client: Client, officer: User
    ) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        url = reverse("orders:vary", kwargs={"pk": order.pk})
        asked = {
            "applicant": "chief_officer",
            "applicant_force": order.force_id,
            "area": "ours",
            "grounds": "He waits in the next street now.",
            "applied_on": clock.today(),
            "changes": (Change(Act.ADD, None, replace(factories.ASSESSMENT, short="")),),
        }
        answer = post(client, url, VaryForm(), asked)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Condition 1: say it in a few words, for lists" in page
        assert 'href="#id_changes_0_short"' in page

    @pytest.mark.parametrize(
        ("area", "outside", "warned"), [("outside", True, False), ("unknown", False, True)]
    )
    def test_where_he_lives_is_asked_three_ways(
        self, client: Client, officer: User, area: str, outside: bool, warned: bool
    ) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        asked = {
            "applicant": "subject",
            "area": area,
            "grounds": "He says that he has changed.",
            "applied_on": clock.today(),
        }
        url = reverse("orders:discharge", kwargs={"pk": order.pk})
        assert post(client, url, DischargeForm(), asked).status_code == 302
        variation = Variation.objects.get()
        assert (variation.lives_outside, variation.residence_force) == (outside, None)
        said = [found for found in variation.findings if found["provision"] == "s4(4)(b)(ii)"]
        assert [found["weight"] for found in said] == (["warn"] if warned else [])

    def test_nobody_applied_for_an_order_that_a_court_made_by_itself(
        self, client: Client, officer: User
    ) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        Order.objects.filter(pk=order.pk).update(origin=Order.Origin.CONVICTION)
        asked = {
            "applicant": "subject",
            "area": "unknown",
            "grounds": "He says that he has changed.",
            "applied_on": clock.today(),
            "consents": ["subject", "original"],
        }
        url = reverse("orders:discharge", kwargs={"pk": order.pk})
        assert post(client, url, DischargeForm(), asked).status_code == 302
        assert Variation.objects.get().consents == ["subject"]

    def test_our_unlawful_discharge_is_an_error(self, client: Client, officer: User) -> None:
        order = factories.served(clock.now() - timedelta(days=3))
        url = reverse("orders:discharge", kwargs={"pk": order.pk})
        asked = {
            "applicant": "chief_officer",
            "applicant_force": order.force_id,
            "area": "ours",
            "grounds": "He has moved away.",
            "applied_on": clock.today(),
        }
        answer = post(client, url, VaryForm(), asked)
        assert answer.status_code == 422
        said = answer.content.decode()
        assert "must consent to a discharge" in said
        assert f"The chief officer of {order.force_id}" not in said
        agreed = asked | {"consents": ["subject", "original", "applying", "residence"]}
        assert post(client, url, DischargeForm(), agreed).status_code == 302
        assert Variation.objects.get().consents == sorted(["subject", order.force_id])
        for page in ("renew", "discharge"):
            assert client.get(reverse(f"orders:{page}", kwargs={"pk": order.pk})).status_code == 200


class TestCheck:
    @pytest.fixture
    def order(self) -> Order:
        return factories.served(clock.now() - timedelta(days=2), kind="interim")

    def ask(self, client: Client, text: str = "mockford") -> Any:
        asked = {"text": text, "reason": "live_incident"}
        return post(client, reverse("orders:check"), CheckForm(), asked)

    def test_the_control_room_has_its_answer_and_the_look_is_kept(
        self, client: Client, order: Order
    ) -> None:
        user = accounts.user(Role.CONTROL_ROOM)
        client.force_login(user)
        assert reverse("orders:check") == "/order-check/"
        assert client.get("/order-check/").status_code == 200
        page = self.ask(client).content.decode()
        assert "1 person with an order" in page
        assert "Interim order in force" in page
        assert "must not" in page
        assert "Open the case" not in page
        look = Entry.objects.get(kind="look", verb="order_check", row_id=str(order.pk))
        assert (look.actor, look.details["reason"]) == (user.username, "Live incident")
        assert "mockford" not in str(look.details).lower()

    def test_another_force_reads_the_card_only(self, client: Client, order: Order) -> None:
        client.force_login(factories.other_force_officer())
        unit = accounts.unit(order.case.force)
        Case.objects.filter(pk=order.case_id).update(unit=unit)
        type(unit).objects.update(phone="01632 960 199", hours="day and night")
        page = self.ask(client).content.decode()
        assert "01632 960 199</a>, day and night" in page
        assert "In danger now: 999" in page
        assert order.case.reference in page
        assert "Open the case" not in page
        assert "<dt>Officer</dt>" not in page
        url = reverse("orders:overview", kwargs={"case": order.case_id})
        assert client.get(url).status_code == 404
        card = reverse("orders:card", kwargs={"pk": order.pk})
        assert "Why you look" in client.get(card).content.decode()
        assert (
            "Interim order in force"
            in client.get(card, {"reason": "live_incident"}).content.decode()
        )

    def test_ours_has_the_way_into_the_case(
        self, client: Client, officer: User, order: Order
    ) -> None:
        page = self.ask(client).content.decode()
        assert "Open the case" in page

    def test_a_restricted_case_is_like_none(self, client: Client, order: Order) -> None:
        Case.objects.filter(pk=order.case_id).update(restricted=True, restricted_reason="x")
        client.force_login(accounts.user(Role.CONTROL_ROOM))
        nobody = self.ask(client, "Nobody Atall").content.decode()
        page = self.ask(client).content.decode()
        assert page.count("<article") == nobody.count("<article") == 0
        card = reverse("orders:card", kwargs={"pk": order.pk})
        assert client.get(card, {"reason": "live_incident"}).status_code == 404

    def test_it_needs_a_reason_and_a_permission(self, client: Client, order: Order) -> None:
        client.force_login(factories.officer())
        answer = client.post(reverse("orders:check"), {"text": "mockford", "reason": ""})
        assert answer.status_code == 422
        assert "Select why you look" in answer.content.decode()
        client.force_login(accounts.user(Role.AUDITOR))
        assert client.get(reverse("orders:check")).status_code == 403


class TestApi:
    def send(self, client: Client, url: str, body: Any) -> Any:
        return client.post(url, body, content_type="application/json")

    def test_make_serve_and_read(self, client: Client, officer: User) -> None:
        hearing = factories.hearing()
        body = {
            "kind": "full",
            "made_at": clock.now().isoformat(),
            "court": str(hearing.court_id),
            "period": "further_order",
            "conditions": [
                {"kind": "prohibition", "text": "You must not contact Ms A.", "short": "Contact"},
                {
                    "kind": "requirement",
                    "text": "You must attend.",
                    "short": "Attend",
                    "own_last_day": (clock.today() + timedelta(days=900)).isoformat(),
                },
            ],
        }
        made = self.send(client, f"/api/hearings/{hearing.pk}/make/", body)
        assert made.status_code == 201, made.content
        order = Order.objects.get(pk=made.json()["id"])
        assert [c.kind for c in order.conditions.all()] == ["prohibition", "requirement"]
        proof = {k: v for k, v in service().items() if k != "served_at"}
        proof["served_at"] = clock.now().isoformat()
        url = f"/api/orders/{order.pk}/serve/"
        # served in the minute of the making: the API keeps minutes, as the pages do
        Order.objects.filter(pk=order.pk).update(made_at=order.made_at.replace(second=0))
        served = self.send(client, url, proof)
        assert served.status_code == 200, served.content
        assert self.send(client, url, proof).status_code == 409
        read = client.get(f"/api/orders/{order.pk}/").json()
        assert read["service"]["method"] == "in_person"
        assert len(read["conditions"]) == 2

    def test_wrong_conditions_are_named(self, client: Client, officer: User) -> None:
        hearing = factories.hearing()
        body = {"conditions": [{"kind": "wish", "text": "x"}], "kind": "full"}
        answer = self.send(client, f"/api/hearings/{hearing.pk}/make/", body)
        assert answer.status_code == 422
        assert "conditions" in answer.json()["errors"]

    def test_as_at_and_check(self, client: Client, officer: User) -> None:
        order = factories.served(clock.now() - timedelta(days=2))
        url = f"/api/orders/{order.pk}/as-at/"
        now = client.get(url).json()
        assert now["in_force"]
        assert len(now["conditions"]) == 3
        early = (order.made_at - timedelta(hours=1)).isoformat()
        assert client.get(url, {"moment": early}).json() == {
            "order": str(order.pk),
            "moment": client.get(url, {"moment": early}).json()["moment"],
            "in_force": False,
            "conditions": [],
        }
        assert client.get(url, {"moment": "yesterday"}).status_code in (400, 422)
        asked = {"text": "mockford", "reason": "live_incident"}
        answer = self.send(client, "/api/order-check/", asked).json()
        assert answer["people"] == 1
        assert len(answer["cards"][0]["must_not"]) == 2
        card = client.get(f"/api/order-check/{order.pk}/", {"reason": "live_incident"})
        assert card.status_code == 200
        assert client.get(f"/api/order-check/{order.pk}/").status_code in (400, 422)


def test_without_an_order_the_page_leads_on_to_a_hearing(client: Client) -> None:
    application = drafts.lodged()
    case, list_it = application.case, "list-hearing/"
    url = reverse("orders:overview", kwargs={"case": case.pk})
    for user, offered in ((drafts.legal(), True), (drafts.superintendent(), False)):
        client.force_login(user)
        shown = client.get(url).content.decode()
        assert "No order has been made in this case." in shown
        assert (list_it in shown) == offered
    client.force_login(drafts.legal())
    drafts.hearing(application)
    shown = client.get(url).content.decode()
    assert list_it not in shown
    assert reverse("applications:hearings", kwargs={"case": case.pk}) in shown
