"""What was recorded of an order as made was wrong: put right, kept, and everything that follows from it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import CLOCK, User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts.models import Alert
from audit.models import Entry
from casework import clock, forms
from casework.errors import Refused, Stale
from casework.models import Deadline
from casework.tests.browsing import fill
from documents.models import Document
from law.periods import end_instant, local_date
from orders import lifecycle, queries
from orders.forms import CorrectOrderForm
from orders.lifecycle import Right
from orders.models import Correction, Order, Variation
from orders.terms import Act, Change
from orders.tests import factories

pytestmark = pytest.mark.django_db
WHY = "The day was read from another order."
SAID = replace(factories.KEEP_OUT, text="You must not go into Area B, Testham.", short="Area B")


def right(order: Order, **facts: Any) -> Right:
    held = {name: getattr(order, name) for name in ("made_at", "court", "last_day")}
    return Right(**(held | facts))


def correct(order: Order, *, by: User | None = None, reason: str = WHY, **facts: Any) -> Order:
    about = ("kind", "corrected_on", "had_right_paper", "version")
    said = {name: facts.pop(name) for name in about if name in facts}
    order = again(order)
    return lifecycle.correct_order(
        order, by=by or factories.officer(), right=right(order, **facts), reason=reason, **said
    )


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def due(order: Order, kind: str, about: Any = None) -> datetime | None:
    clocks = Deadline.objects.filter(case_id=order.case_id, kind=kind, done_at=None)
    found = clocks.filter(about_id=about or order.pk).first()
    return found.due_at if found else None


class TestItsFacts:
    def test_what_was_recorded_before_is_kept_with_the_reason(self) -> None:
        order = factories.made()
        wrong = order.last_day
        assert wrong
        correct(order, last_day=wrong + timedelta(days=365), court_reference="TM-26-77")
        correction = Correction.objects.get()
        assert (correction.reason, correction.kind) == (WHY, Correction.Kind.RECORD)
        assert correction.recorded_by == factories.officer()
        assert correction.before["last_day"] == wrong.isoformat()
        assert [c.what for c in queries.changes(correction)] == [
            "Last day",
            "The court’s reference",
        ]
        assert again(order).last_day == wrong + timedelta(days=365)
        assert Entry.objects.filter(verb="correct_order", row_id=str(order.pk)).count() == 1

    def test_the_clocks_follow_the_moment_and_the_last_day(self) -> None:
        order = factories.made(clock.now() - timedelta(hours=5))
        made_at = order.made_at + timedelta(hours=2)
        correct(order, made_at=made_at)
        assert due(order, "serve_order") == made_at + timedelta(hours=24)
        assert [c.in_force.lower for c in order.conditions.all()] == [made_at] * 3
        assert due(order, "order_ends")
        correct(order, last_day=None)
        assert due(order, "order_ends") is None

    def test_an_order_that_seemed_to_have_run_out_binds_again(self) -> None:
        order = factories.served(clock.now() - timedelta(days=40), kind="interim")
        lifecycle.expire(order, by=CLOCK)
        assert again(order).status == Order.Status.ENDED
        correct(order, last_day=clock.today() + timedelta(days=9), had_right_paper=True)
        order = again(order)
        assert (order.status, order.ended_at, order.end_reason) == ("served", None, "")
        assert due(order, "interim_ends")
        assert again(order).case.status == "order"

    def test_one_that_had_run_out_in_truth_ends_with_its_last_day(self) -> None:
        order = factories.made(clock.now() - timedelta(days=40), kind="interim", last_day=None)
        correct(order, last_day=clock.today() + timedelta(days=3))
        last_day = clock.today() - timedelta(days=3)
        correct(order, last_day=last_day)
        order = again(order)
        assert (order.status, order.ended_at) == ("ended", end_instant(last_day))
        assert due(order, "serve_order") is None

    def test_what_the_law_says_is_found_anew_and_legal_is_asked_no_more(self) -> None:
        order = factories.made(kind="interim", until_further_order=True)
        assert queries.asks_legal(order)
        correct(order, last_day=clock.today() + timedelta(days=27))
        assert not queries.asks_legal(order)
        assert not again(order).findings
        correct(order, last_day=None)
        assert queries.asks_legal(order)

    def test_a_renewed_order_and_its_renewal_say_the_same_last_day(self) -> None:
        order = factories.served(clock.now() - timedelta(days=30))
        assert order.last_day
        until = order.last_day + timedelta(days=100)
        factories.varied(order, renewed_until=until)
        correct(order, last_day=until + timedelta(days=1), had_right_paper=True)
        assert Variation.objects.get().decided_until == until + timedelta(days=1)

    def test_the_court_s_own_slip_is_kept_as_its_own_with_the_day(self) -> None:
        order = factories.made()
        correct(order, last_day=None, kind="court", corrected_on=clock.today())
        correction = Correction.objects.get()
        assert (correction.kind, correction.corrected_on) == ("court", clock.today())


class TestItsConditions:
    def test_a_condition_is_the_same_one_in_its_right_words(self) -> None:
        order = factories.made()
        wrong = order.conditions.get(number=2)
        correct(order, conditions=(Change(Act.AMEND, 2, SAID),))
        now = order.conditions.get(number=2)
        assert (now.pk, now.wording, now.text) == (wrong.pk, 1, SAID.text)
        found = queries.words_before(now, clock.now() - timedelta(hours=1))
        assert found
        assert factories.KEEP_OUT.text in found[1]
        assert queries.words_before(order.conditions.get(number=1), order.made_at) is None

    def test_one_that_was_not_made_binds_at_no_moment_and_one_left_out_from_the_first(self) -> None:
        order = factories.made()
        gone = order.conditions.get(number=3)
        correct(order, conditions=(Change(Act.REMOVE, 3),))
        assert [c.number for c in queries.as_at(order, clock.now())] == [1, 2]
        assert queries.versions(again(order)) == [order.made_at]
        correct(order, conditions=(Change(Act.ADD, None, SAID),))
        assert [c.text for c in queries.as_at(order, order.made_at)][2] == SAID.text
        added = order.conditions.get(number=3, wording=1)
        assert added.pk != gone.pk, "what was reported of that one is not of this one"
        gone.refresh_from_db()
        assert (gone.number, gone.in_force.isempty) == (3, True)
        assert gone.text != SAID.text
        correct(order, conditions=(Change(Act.REMOVE, 3),))
        correct(order, conditions=(Change(Act.ADD, None, SAID),))
        assert [c.text for c in queries.as_at(order, order.made_at)][2] == SAID.text
        court = replace(SAID, text="You must not go into Area C, Testham.")
        factories.varied(order, changes=(Change(Act.AMEND, 3, court),))
        now = queries.as_at(again(order), clock.now()).get(number=3)
        assert (now.text, now.wording) == (court.text, 2)

    def test_what_a_court_changed_later_stays_as_it_changed_it(self) -> None:
        order = factories.served(clock.now() - timedelta(days=9))
        moment = clock.now() - timedelta(days=1)
        factories.varied(order, moment, changes=(Change(Act.AMEND, 1, SAID),))
        words = replace(factories.NO_CONTACT, text="You must not contact Ms B.")
        correct(order, conditions=(Change(Act.AMEND, 1, words),), had_right_paper=True)
        assert queries.as_at(order, clock.now()).get(number=1).text == SAID.text
        before = queries.as_at(order, moment - timedelta(minutes=1)).get(number=1)
        assert (before.text, before.in_force.upper) == (words.text, moment)
        with pytest.raises(Refused, match="has changed condition 1 since"):
            correct(order, conditions=(Change(Act.REMOVE, 1),), had_right_paper=True)


class TestTheInterimBefore:
    def test_it_ends_as_the_full_order_was_made_in_truth(self) -> None:
        interim = factories.served(clock.now() - timedelta(days=9), kind="interim")
        full = factories.full_after(interim, clock.now() - timedelta(hours=3))
        made_at = full.made_at + timedelta(minutes=40)
        correct(full, made_at=made_at)
        assert (again(interim).ended_at, again(interim).end_reason) == (made_at, "replaced")
        assert again(full).replaces_interim == interim

    def test_one_that_had_run_out_before_is_not_replaced(self) -> None:
        """s9(1)(a): then he owes the full order's own notification."""
        interim = factories.served(clock.now() - timedelta(days=9), kind="interim")
        full = factories.full_after(interim, clock.now() - timedelta(days=1))
        last_day = local_date(full.made_at) - timedelta(days=2)
        correct(interim, last_day=last_day, had_right_paper=True)
        interim = again(interim)
        assert (interim.end_reason, interim.ended_at) == ("expired", end_instant(last_day))
        assert again(full).replaces_interim is None
        correct(interim, last_day=local_date(full.made_at), had_right_paper=True)
        assert again(full).replaces_interim == interim
        assert (again(interim).end_reason, again(interim).ended_at) == ("replaced", full.made_at)

    def test_neither_can_be_made_after_the_other(self) -> None:
        interim = factories.made(clock.now() - timedelta(hours=9), kind="interim")
        full = factories.full_after(interim, clock.now() - timedelta(hours=5))
        with pytest.raises(Refused, match="full order that replaced it"):
            correct(interim, made_at=full.made_at + timedelta(minutes=1))


class TestWhoHasThePaper:
    def test_he_is_given_the_right_one_and_its_service_is_proof(self) -> None:
        order = factories.served(clock.now() - timedelta(hours=9))
        condition = order.conditions.get(number=2)
        assert queries.service_of_words(order, condition, before=clock.now())
        correct(order, conditions=(Change(Act.AMEND, 2, SAID),), had_right_paper=False)
        correction, order = Correction.objects.get(), again(order)
        condition.refresh_from_db()
        assert due(order, "serve_order", correction.pk)
        waiting = queries.unserved_now(order, clock.now())
        assert waiting
        assert waiting.name == "as corrected"
        assert queries.unserved_changes(clock.now()).get() == order
        assert queries.service_of_words(order, condition, before=clock.now()) is None
        other = order.conditions.get(number=1)
        assert queries.service_of_words(order, other, before=clock.now())
        lifecycle.serve(
            order, by=factories.officer(), proof=factories.proof(), correction=correction
        )
        assert due(order, "serve_order", correction.pk) is None
        assert not queries.unserved_changes(clock.now()).exists()
        assert queries.service_of_words(again(order), condition, before=clock.now())

    def test_who_had_the_right_one_needs_no_other(self) -> None:
        order = factories.served(clock.now() - timedelta(hours=9))
        condition = order.conditions.get(number=2)
        correct(order, conditions=(Change(Act.AMEND, 2, SAID),), had_right_paper=True)
        condition.refresh_from_db()
        assert not queries.unserved_changes(clock.now()).exists()
        assert queries.service_of_words(again(order), condition, before=clock.now())

    def test_the_wrong_paper_is_superseded_and_people_are_told(self) -> None:
        order = factories.made()
        wrong = Document.objects.get(about_id=order.pk, kind="order", superseded_at=None)
        correct(order, last_day=None)
        wrong.refresh_from_db()
        assert wrong.superseded_at
        paper = Document.objects.get(about_id=order.pk, superseded_at=None)
        assert paper.snapshot["data"]["corrected_on"] == clock.today().isoformat()
        assert wrong.snapshot["data"]["corrected_on"] is None
        alert = Alert.objects.get(kind="order_corrected")
        assert "offender_manager" in alert.recipients


class TestRefusals:
    def test_none_leaves_a_trace(self) -> None:
        order = factories.served(clock.now() - timedelta(days=2))
        day, blank = timedelta(days=1), replace(SAID, text=" ")
        gone = tuple(Change(Act.REMOVE, number) for number in (1, 2, 3))
        before = Entry.objects.count()
        for field, facts in (
            (None, {}),
            ("reason", {"reason": " ", "last_day": None}),
            ("kind", {"kind": "somebody", "last_day": None}),
            ("corrected_on", {"kind": "court", "last_day": None}),
            ("corrected_on", {"kind": "court", "corrected_on": clock.today() + day}),
            ("made_at", {"made_at": clock.now() + day}),
            ("made_at", {"made_at": order.made_at - day}),
            ("made_at", {"made_at": order.made_at + timedelta(hours=2)}),
            ("last_day", {"last_day": local_date(order.made_at) - day}),
            ("conditions", {"conditions": gone}),
            ("conditions", {"conditions": (Change(Act.AMEND, 9, SAID),)}),
            ("conditions", {"conditions": (Change(Act.AMEND, 1, blank),)}),
        ):
            with pytest.raises(Refused) as no:
                correct(order, **facts)
            assert no.value.field == field, facts
        assert Entry.objects.count() == before
        assert not Correction.objects.exists()

    def test_after_a_court_decided_it_was_made_already(self) -> None:
        order = factories.made(clock.now() - timedelta(days=2))
        decided = clock.now() - timedelta(days=1)
        factories.varied(order, decided, changes=(Change(Act.AMEND, 1, SAID),))
        with pytest.raises(Refused, match="A court decided on the order"):
            correct(order, made_at=decided + timedelta(minutes=1))

    def test_who_may_not(self) -> None:
        order = factories.made()
        for user in (
            accounts.user(Role.CONTROL_ROOM, of=order.case.force),
            accounts.user(Role.OFFENDER_MANAGER, of=order.case.force),
            factories.other_force_officer(),
        ):
            with pytest.raises(Denied):
                correct(order, by=user, last_day=None)
        assert not Correction.objects.exists()

    def test_a_stale_edit(self) -> None:
        order = factories.made()
        with pytest.raises(Stale):
            correct(order, last_day=None, version=order.version - 1)
        assert not Correction.objects.exists()


def typed(order: Order, **facts: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "record",
        "made_at": order.made_at,
        "court": order.court_id,
        "period": "further_order",
        "reason": WHY,
    }
    return dict(forms.as_data(CorrectOrderForm(), values | facts).lists())


class TestItsPage:
    @pytest.fixture
    def officer(self, client: Client) -> User:
        user = factories.officer()
        client.force_login(user)
        return user

    def test_it_shows_what_is_recorded_and_the_order_shows_both(
        self, client: Client, officer: User
    ) -> None:
        order = factories.served(clock.now() - timedelta(hours=3))
        url = reverse("orders:correct_order", kwargs={"pk": order.pk})
        page = client.get(url).content.decode()
        assert factories.KEEP_OUT.text in page
        assert "It is not in the court’s order" in page
        data = typed(order, had_right_paper="unknown") | {
            "conditions_0_number": "2",
            "conditions_0_act": "amend",
            "conditions_0_kind": SAID.kind,
            "conditions_0_text": SAID.text,
            "conditions_0_short": SAID.short,
        }
        answer = fill(client, url, data)
        assert answer.status_code == 302, answer.content.decode()
        page = client.get(answer.headers["Location"]).content.decode()
        assert "Corrected since it was recorded" in page
        assert WHY in page
        assert factories.KEEP_OUT.text in page
        assert SAID.text in page
        assert "as corrected" in page

    def test_what_is_missing_is_asked_for_and_a_stale_page_says_so(
        self, client: Client, officer: User
    ) -> None:
        order = factories.served(clock.now() - timedelta(hours=3))
        url = reverse("orders:correct_order", kwargs={"pk": order.pk})
        answer = client.post(url, typed(order, kind="court"))
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Enter the day on which the court corrected its order" in page
        assert 'href="#id_had_right_paper' in page
        stale = typed(order, had_right_paper="yes") | {"version": str(order.version - 1)}
        assert client.post(url, stale).status_code == 409

    def test_another_force_finds_nothing(self, client: Client) -> None:
        order = factories.made()
        client.force_login(factories.other_force_officer())
        url = reverse("orders:correct_order", kwargs={"pk": order.pk})
        assert client.get(url).status_code == 404

    def test_a_program_corrects_and_reads_the_correction(
        self, client: Client, officer: User
    ) -> None:
        order = factories.made()
        body = {
            "kind": "record",
            "made_at": order.made_at.isoformat(),
            "court": str(order.court_id),
            "period": "further_order",
            "reason": WHY,
            "version": order.version,
        }
        url = f"/api/orders/{order.pk}/correct-order/"
        answer = client.post(url, body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        [found] = client.get("/api/corrections/").json()["results"]
        assert (found["order"], found["reason"]) == (str(order.pk), WHY)
