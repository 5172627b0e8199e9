"""Service: the proof taken at the time, attempts, corrections, and what cannot have happened."""

from datetime import datetime, timedelta

import pytest

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework import announce, clock
from casework.errors import Refused, Stale, WrongState
from casework.models import Deadline
from law.periods import LONDON, local_date, moments_at
from orders import lifecycle
from orders.models import Order, Service, ServiceAttempt
from orders.queries import living_service, living_services
from orders.tests import factories

pytestmark = pytest.mark.django_db


def waits_for_service(order: Order) -> bool:
    return Deadline.objects.filter(
        case_id=order.case_id, kind="serve_order", about_id=order.pk, done_at=None
    ).exists()


class TestServing:
    def test_service_is_kept_with_its_proof_and_announced(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[tuple[str, Service | None]] = []
        order = factories.made()
        assert waits_for_service(order)
        monkeypatch.setitem(
            announce._handlers,
            "orders.serve",
            [lambda record, by: heard.append((record.status, living_service(record)))],
        )
        lifecycle.serve(order, by=factories.officer(), proof=factories.proof())
        service = order.services.get()
        assert heard == [("served", service)]
        assert order.status == Order.Status.SERVED
        assert (service.pages_served, service.acknowledgement) == (6, "signed")
        assert not waits_for_service(order)
        assert Entry.objects.filter(verb="serve", row_id=str(order.pk)).count() == 1

    def test_an_attempt_stops_no_clock(self) -> None:
        order = factories.made()
        attempt = lifecycle.record_attempt(
            order,
            by=factories.officer(),
            tried_at=clock.now(),
            place="3 Sample Street, Testham",
            what_happened="Nobody answered. A neighbour said that he works nights.",
        )
        assert attempt.tried_by == factories.officer()
        assert waits_for_service(order)
        assert order.status == Order.Status.MADE

    def test_an_order_that_ended_meanwhile_is_served_late(self) -> None:
        """W15, W33: whether the interim was ever served decides s9(1)."""
        made_at = clock.now() - timedelta(hours=3)
        interim = factories.made(made_at, kind="interim")
        factories.full_after(interim)
        interim.refresh_from_db()
        lifecycle.serve(
            interim, by=factories.officer(), proof=factories.proof(made_at + timedelta(hours=1))
        )
        assert interim.status == Order.Status.ENDED
        assert living_service(interim) is not None
        with pytest.raises(WrongState, match="served already"):
            lifecycle.serve(
                interim, by=factories.officer(), proof=factories.proof(made_at + timedelta(hours=1))
            )

    def test_service_after_its_end_is_a_fact_and_kept_with_what_the_law_says(self) -> None:
        interim = factories.made(clock.now() - timedelta(days=3), kind="interim")
        factories.full_after(interim, clock.now() - timedelta(days=1))
        interim.refresh_from_db()
        lifecycle.serve(interim, by=factories.officer(), proof=factories.proof())
        [found] = interim.services.get().findings
        assert (found["provision"], found["weight"]) == ("s9(1)", "warn")
        assert "after it had ended" in found["message"]

    def test_service_in_its_time_is_kept_without(self) -> None:
        assert factories.served().services.get().findings == []


class TestTheNightTheClocksGoBack:
    """25 October 2026: 01:30 comes twice, an hour apart."""

    first, second = moments_at(datetime(2026, 10, 25, 1, 30))  # noqa: DTZ001  what the clock on the wall shows

    def test_service_at_the_second_is_after_an_order_made_at_the_first(self) -> None:
        order = factories.made(self.first)
        lifecycle.serve(order, by=factories.officer(), proof=factories.proof(self.second))
        assert order.services.get().served_at - order.made_at == timedelta(hours=1)
        assert local_date(order.services.get().served_at) == self.first.astimezone(LONDON).date()

    def test_service_at_the_first_is_before_an_order_made_at_the_second(self) -> None:
        order = factories.made(self.second.astimezone(LONDON))
        with pytest.raises(Refused) as no:
            lifecycle.serve(
                order,
                by=factories.officer(),
                proof=factories.proof(self.first.astimezone(LONDON)),
            )
        assert no.value.field == "served_at"
        assert not Service.objects.exists()


class TestWhatCannotBe:
    def test_it_leaves_no_trace(self) -> None:
        order = factories.made()
        before = Entry.objects.count()
        for field, proof in (
            ("served_at", factories.proof(order.made_at - timedelta(seconds=1))),
            ("served_at", factories.proof(clock.now() + timedelta(minutes=1))),
            ("pages_served", factories.proof(pages_served=0)),
            ("method", factories.proof(method="by_pigeon")),
            ("acknowledgement", factories.proof(acknowledgement="perhaps")),
            ("place", factories.proof(place="")),
        ):
            with pytest.raises(Refused) as no:
                lifecycle.serve(order, by=factories.officer(), proof=proof)
            assert no.value.field == field
        for moment in (order.made_at - timedelta(hours=1), clock.now() + timedelta(hours=1)):
            with pytest.raises(Refused) as no:
                lifecycle.record_attempt(
                    order, by=factories.officer(), tried_at=moment, place="x", what_happened="y"
                )
            assert no.value.field == "tried_at"
        order.refresh_from_db()
        assert (order.status, order.version) == (Order.Status.MADE, 1)
        assert not Service.objects.exists()
        assert not ServiceAttempt.objects.exists()
        assert Entry.objects.count() == before

    def test_twice(self) -> None:
        order = factories.served()
        with pytest.raises(WrongState, match="It is served"):
            lifecycle.serve(order, by=factories.officer(), proof=factories.proof())
        assert order.services.count() == 1


class TestCorrecting:
    def test_the_right_record_supersedes_and_the_wrong_one_is_kept(self) -> None:
        order = factories.served(clock.now() - timedelta(days=2))
        wrong = order.services.get()
        right = wrong.served_at + timedelta(hours=20)
        lifecycle.correct_service(
            order, by=factories.officer(), proof=factories.proof(right), reason="The wrong day"
        )
        assert living_service(order).served_at == right
        assert living_services([order.pk]) == {order.pk: living_service(order)}
        wrong.refresh_from_db()
        assert wrong.superseded_by == factories.officer()
        assert wrong.superseded_reason == "The wrong day"
        assert order.status == Order.Status.SERVED

    def test_without_a_reason_or_without_a_service_it_is_refused(self) -> None:
        order = factories.served()
        with pytest.raises(Refused, match="what was wrong"):
            lifecycle.correct_service(
                order, by=factories.officer(), proof=factories.proof(), reason=" "
            )
        with pytest.raises(Stale):
            lifecycle.correct_service(
                order, by=factories.officer(), proof=factories.proof(), reason="x", version=1
            )
        Order.objects.filter(pk=order.pk).update(status="made")
        with pytest.raises(WrongState):
            lifecycle.correct_service(
                order, by=factories.officer(), proof=factories.proof(), reason="x"
            )
        assert order.services.get().superseded_at is None


def test_who_may_serve() -> None:
    order = factories.made()
    for role in set(Role) - {
        Role.OFFICER,
        Role.STALKING_LEAD,
        Role.OFFENDER_MANAGER,
        Role.CLOCK,
    }:
        with pytest.raises(Denied):
            lifecycle.serve(order, by=accounts.user(role), proof=factories.proof())
    with pytest.raises(Denied):
        lifecycle.serve(order, by=factories.other_force_officer(), proof=factories.proof())
    assert not Service.objects.exists()
