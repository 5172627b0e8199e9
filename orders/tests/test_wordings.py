"""W16: what a court changed is served on him too, with its own proof. It starts no new 3 days."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework import clock, forms
from casework.errors import Refused, WrongState
from casework.models import Deadline
from casework.tests.browsing import fill
from orders import lifecycle, queries
from orders.forms import CorrectForm, ServeForm
from orders.models import Order, Service, Variation
from orders.queries import Reason, living_service, service_of_words, wordings
from orders.terms import Act, Change
from orders.tests import factories

pytestmark = pytest.mark.django_db
NEW_WORDS = replace(
    factories.KEEP_OUT,
    text="You must not go within 100 metres of Ms A.",
    short="Go near",
    locality="",
)
CHANGES = (Change(Act.AMEND, 2, NEW_WORDS), Change(Act.REMOVE, 3))
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    """Made 30 days ago and served an hour later."""
    return factories.served(clock.now() - timedelta(days=30))


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.get(pk=served.pk)


@pytest.fixture
def varied_at() -> datetime:
    return clock.now() - timedelta(days=2)


@pytest.fixture
def variation(order: Order, varied_at: datetime) -> Variation:
    return factories.varied(order, varied_at, changes=CHANGES)


def to_serve(order: Order) -> dict[object, datetime]:
    """What waits to be served, and by when: the order's id, or that of a variation."""
    waiting = Deadline.objects.filter(case_id=order.case_id, kind="serve_order", done_at=None)
    return dict(waiting.values_list("about_id", "due_at"))


def serve(order: Order, variation: Variation | None, served_at: datetime) -> Order:
    order = Order.objects.get(pk=order.pk)
    return lifecycle.serve(
        order,
        by=factories.officer(),
        proof=factories.proof(served_at, pages_served=7),
        variation=variation,
    )


class TestServingWhatWasVaried:
    def test_a_clock_runs_until_the_new_words_are_served(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        assert to_serve(order) == {variation.pk: varied_at + 24 * HOUR}
        serve(order, variation, varied_at + 5 * HOUR)
        assert to_serve(order) == {}

    def test_each_wording_has_its_own_proof(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        first = order.services.get()
        serve(order, variation, varied_at + HOUR)
        as_made, as_changed = wordings(order)
        assert (as_made.service, as_made.variation, as_made.since) == (first, None, order.made_at)
        assert (as_changed.variation, as_changed.since) == (variation, varied_at)
        assert as_changed.service is not None
        assert (as_changed.service.served_at, as_changed.service.pages_served) == (
            varied_at + HOUR,
            7,
        )
        assert living_service(order) == first
        assert Entry.objects.filter(verb="serve_wording", row_id=str(order.pk)).count() == 1

    def test_once(self, order: Order, variation: Variation, varied_at: datetime) -> None:
        serve(order, variation, varied_at + HOUR)
        for words in (variation, None):
            with pytest.raises(WrongState, match="served already"):
                serve(order, words, varied_at + 2 * HOUR)
        assert order.services.count() == 2

    def test_what_cannot_be_leaves_no_trace(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        other = factories.varied(factories.served(clock.now() - 9 * HOUR), changes=CHANGES)
        before = Entry.objects.count()
        for field, words, moment in (
            ("served_at", variation, varied_at - HOUR),
            ("served_at", variation, clock.now() + HOUR),
            ("wording", other, clock.now()),
        ):
            with pytest.raises(Refused) as no:
                serve(order, words, moment)
            assert no.value.field == field
        assert Entry.objects.count() == before
        assert variation.pk in to_serve(order)

    def test_an_order_that_was_never_served_is_served_as_it_reads_now(
        self, varied_at: datetime
    ) -> None:
        order = factories.made(varied_at - 3 * HOUR)
        variation = factories.varied(order, varied_at, changes=CHANGES)
        assert set(to_serve(order)) == {order.pk, variation.pk}
        served = serve(order, variation, varied_at + HOUR)
        assert served.status == Order.Status.SERVED
        assert to_serve(order) == {}

    def test_the_old_words_alone_leave_the_new_ones_to_be_served(self, varied_at: datetime) -> None:
        order = factories.made(varied_at - 3 * HOUR)
        variation = factories.varied(order, varied_at, changes=CHANGES)
        serve(order, None, varied_at + HOUR)
        assert set(to_serve(order)) == {variation.pk}

    def test_a_renewed_order_is_served_too_and_a_refused_change_is_not(
        self, order: Order, varied_at: datetime
    ) -> None:
        until = clock.today() + timedelta(days=1500)
        renewal = factories.varied(order, varied_at, renewed_until=until)
        assert set(to_serve(order)) == {renewal.pk}
        serve(order, renewal, varied_at + HOUR)
        refused = lifecycle.apply_to_vary(
            order, by=factories.officer(), asked=factories.asked(order, changes=CHANGES)
        )
        lifecycle.decide_variation(
            refused,
            by=factories.officer(),
            decision=lifecycle.Decision("refused", clock.now()),
        )
        assert to_serve(order) == {}
        assert len(wordings(order)) == 2

    def test_an_order_that_ends_leaves_nothing_to_serve_but_a_late_record(
        self, variation: Variation, order: Order, varied_at: datetime
    ) -> None:
        held = Order.objects.get(pk=order.pk)
        lifecycle.discharge(held, by=factories.officer(), at=clock.now())
        assert to_serve(order) == {}
        serve(order, variation, varied_at + HOUR)
        assert wordings(order)[1].service is not None
        assert to_serve(order) == {}

    def test_who_may(self, order: Order, variation: Variation) -> None:
        proof = factories.proof()
        for role in (Role.LEGAL, Role.CONTROL_ROOM, Role.AUDITOR):
            with pytest.raises(Denied):
                lifecycle.serve(order, by=accounts.user(role), proof=proof, variation=variation)
        with pytest.raises(Denied):
            lifecycle.serve(
                order, by=factories.other_force_officer(), proof=proof, variation=variation
            )


class TestCorrecting:
    def test_the_words_were_others_than_was_written(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        """He was given the new words, and they were recorded as the old ones."""
        first = order.services.get()
        moved = varied_at + HOUR
        lifecycle.correct_service(
            order,
            by=factories.officer(),
            proof=factories.proof(moved),
            reason="It was the varied order",
            variation=variation,
        )
        as_made, as_changed = wordings(order)
        assert as_made.service is None
        assert as_changed.service is not None
        assert to_serve(order) == {}, "later words hold the earlier ones"
        first.refresh_from_db()
        assert first.superseded_reason == "It was the varied order"

    def test_one_that_was_not_served_after_all_waits_again(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        made = factories.made(varied_at - 3 * HOUR)
        change = factories.varied(made, varied_at, changes=CHANGES)
        serve(made, change, varied_at + HOUR)
        made.refresh_from_db()
        lifecycle.correct_service(
            made,
            by=factories.officer(),
            proof=factories.proof(varied_at + HOUR),
            reason="It was the order as made",
        )
        assert set(to_serve(made)) == {change.pk}

    def test_which_record_must_be_said_where_there_are_two(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        serve(order, variation, varied_at + HOUR)
        order.refresh_from_db()
        right = factories.proof(varied_at + 2 * HOUR)
        reason = "The wrong hour"
        with pytest.raises(Refused) as no:
            lifecycle.correct_service(order, by=factories.officer(), proof=right, reason=reason)
        assert no.value.field == "wrong"
        wrong = wordings(order)[1].service
        with pytest.raises(Refused) as no:
            lifecycle.correct_service(
                order, by=factories.officer(), proof=right, reason=reason, wrong=wrong
            )
        assert no.value.field == "wording"
        lifecycle.correct_service(
            order,
            by=factories.officer(),
            proof=right,
            reason=reason,
            wrong=wrong,
            variation=variation,
        )
        assert [w.service and w.service.served_at for w in wordings(order)] == [
            order.made_at + HOUR,
            varied_at + 2 * HOUR,
        ]


class TestWhichServiceProvesWhat:
    def test_the_words_breached_must_have_been_served(
        self, order: Order, variation: Variation, varied_at: datetime
    ) -> None:
        now = clock.now()
        left_alone, changed = (
            order.conditions.get(number=n, wording=w) for n, w in ((1, 1), (2, 2))
        )
        as_made = order.services.get()
        assert service_of_words(order, left_alone, before=now) == as_made
        assert service_of_words(order, changed, before=now) is None
        assert service_of_words(order, None, before=now) is None
        serve(order, variation, varied_at + HOUR)
        new = wordings(order)[1].service
        assert service_of_words(order, left_alone, before=now) == as_made
        assert service_of_words(order, changed, before=now) == new
        assert service_of_words(order, None, before=now) == new
        assert service_of_words(order, changed, before=varied_at + HOUR / 2) is None

    def test_the_changed_order_gives_also_what_stayed(self, varied_at: datetime) -> None:
        order = factories.made(varied_at - 3 * HOUR)
        variation = factories.varied(order, varied_at, changes=CHANGES)
        serve(order, variation, varied_at + HOUR)
        stayed = order.conditions.get(number=1)
        removed = order.conditions.get(number=3)
        assert service_of_words(order, stayed, before=clock.now()) == order.services.get()
        assert service_of_words(order, removed, before=clock.now()) is None


class TestPages:
    def test_from_the_clock_to_the_page_that_says_which_words_were_served(
        self, order: Order, variation: Variation, varied_at: datetime, client: Client
    ) -> None:
        client.force_login(factories.officer())
        url = Deadline.objects.get(about_id=variation.pk, kind="serve_order").path
        page = client.get(url).content.decode()
        assert "service of the order as changed" in page
        assert "In which words" not in page, "only one wording is left"
        assert fill(client, url, typed(ServeForm(), varied_at + HOUR)).status_code == 302
        overview = client.get(reverse("orders:overview", kwargs={"case": order.case_id}))
        text = " ".join(overview.content.decode().split())
        assert "as made, from" in text
        assert text.count("served ") >= 2
        assert "<strong>not served</strong>" not in text
        service = client.get(reverse("orders:service", kwargs={"case": order.case_id}))
        assert "The order as changed, from" in service.content.decode()
        assert client.get(url).status_code == 409

    def test_which_words_is_asked_where_several_wait(
        self, varied_at: datetime, client: Client
    ) -> None:
        client.force_login(factories.officer())
        order = factories.made(varied_at - 3 * HOUR)
        variation = factories.varied(order, varied_at, changes=CHANGES)
        url = reverse("orders:serve", kwargs={"pk": order.pk})
        data = typed(ServeForm(), varied_at + HOUR)
        assert "In which words" in client.get(url).content.decode()
        assert client.post(url, data).status_code == 422
        assert fill(client, url, data | {"wording": str(variation.pk)}).status_code == 302
        assert order.services.get().variation == variation

    def test_the_record_that_the_link_names_is_corrected(
        self, order: Order, variation: Variation, varied_at: datetime, client: Client
    ) -> None:
        client.force_login(factories.officer())
        serve(order, variation, varied_at + HOUR)
        wrong = wordings(order)[1].service
        assert wrong is not None
        page = client.get(reverse("orders:service", kwargs={"case": order.case_id}))
        url = (
            reverse("orders:correct_service", kwargs={"pk": order.pk}) + f"?wording={variation.pk}"
        )
        assert f'href="{url}"' in page.content.decode()
        assert 'value="7"' in client.get(url).content.decode(), "its seven pages"
        data = typed(CorrectForm(), varied_at + 3 * HOUR) | {
            "reason": "The wrong hour",
            "wrong": str(wrong.pk),
            "wording": str(variation.pk),
        }
        assert fill(client, url, data).status_code == 302
        wrong.refresh_from_db()
        assert wrong.superseded_at is not None
        assert Service.objects.filter(order=order, superseded_at=None).count() == 2

    def test_the_api_says_when_each_wording_was_served(
        self, order: Order, variation: Variation, client: Client
    ) -> None:
        client.force_login(factories.officer())
        shown = client.get(f"/api/orders/{order.pk}/").json()["wordings"]
        assert [w["wording"] for w in shown] == ["made", str(variation.pk)]
        assert [bool(w["service"]) for w in shown] == [True, False]

    def test_the_card_says_that_he_was_not_given_the_words_of_now(
        self, order: Order, variation: Variation, varied_at: datetime, client: Client
    ) -> None:
        user = factories.officer()
        client.force_login(user)
        url = reverse("orders:card", kwargs={"pk": order.pk}) + f"?reason={Reason.LIVE_INCIDENT}"
        assert "Change not served" in client.get(url).content.decode()
        serve(order, variation, varied_at + HOUR)
        assert queries.card_of(order, user, clock.now()).not_served is None
        assert "Change not served" not in client.get(url).content.decode()


def typed(form: forms.Form, served_at: datetime) -> dict[str, object]:
    """What a browser would post of a service at this moment."""
    proof = vars(factories.proof(served_at)) | {"understood": "yes"}
    return dict(forms.as_data(form, {k: v for k, v in proof.items() if v != ""}).lists())


def flagged(order: Order) -> bool:
    """What the lists say, which has to be what the order itself says."""
    now = clock.now()
    in_list = queries.unserved_changes(now).filter(pk=order.pk).exists()
    waiting = queries.unserved_now(Order.objects.get(pk=order.pk), now)
    assert in_list == (waiting is not None)
    return in_list


def test_the_lists_find_whoever_was_not_given_the_words_that_bind_now(order: Order) -> None:
    assert not flagged(order)
    first = factories.varied(order, clock.now() - timedelta(days=3), changes=CHANGES)
    assert flagged(order)
    serve(order, first, clock.now() - timedelta(days=2))
    assert not flagged(order)
    until = order.last_day + timedelta(days=200)
    renewed = factories.varied(order, clock.now() - timedelta(days=1), renewed_until=until)
    assert flagged(order)
    serve(order, renewed, clock.now())
    assert not flagged(order)
