"""Which facts are to be told, to whom and by when: derived from what the other rooms record."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from applications import lifecycle as applications
from applications.models import Hearing
from applications.tests import factories as drafting
from audit.actor import acting_as
from casework import clock
from casework.models import Deadline
from contact import tasks
from contact.lifecycle import deriving
from contact.models import Matter
from contact.rules import RULES
from contact.tests import factories
from contact.words import words_of
from law.bank_holidays import ENGLAND_AND_WALES
from law.periods import end_instant, local_date, working_day_after
from orders import lifecycle
from orders.models import Order, Variation
from orders.terms import Act, Change
from orders.tests import factories as orders
from people.models import Person

pytestmark = pytest.mark.django_db
K, S = Matter.Kind, Matter.Status


@pytest.fixture(scope="module")
def made_order(shared: None) -> Order:
    return orders.made(clock.now() - timedelta(hours=2), kind="interim")


@pytest.fixture
def order(made_order: Order) -> Order:
    return Order.objects.select_related("case").get(pk=made_order.pk)


def kinds(order: Order) -> set[str]:
    return set(factories.waiting(order.case))


class TestOrders:
    def test_an_order_made_starts_a_clock_of_24_hours_for_the_officer(self, order: Order) -> None:
        matter = factories.waiting(order.case)[K.MADE]
        deadline = Deadline.objects.get(about_id=matter.pk, done_at=None)
        assert (matter.about_id, matter.happened_at) == (order.pk, order.made_at)
        assert deadline.due_at == matter.due_at == order.made_at + timedelta(hours=24)
        assert (deadline.owner_role, deadline.provision) == ("officer", "force policy")
        assert deadline.path == f"/contact/matters/{matter.pk}/tell/"
        assert deadline.title == "Tell the protected person that the court made an order"

    def test_she_is_told_what_it_forbids_in_plain_words(self, order: Order) -> None:
        matter = factories.waiting(order.case)[K.MADE]
        said = words_of(order.case, [matter])[matter.pk]
        assert said.sentences.startswith("The court made a temporary order on ")
        assert said.conditions[0] == f"“{orders.NO_CONTACT.text}”"
        assert len(said.conditions) == len(orders.TERMS)

    def test_the_same_fact_again_asks_for_nothing_more(self, order: Order) -> None:
        before = set(Matter.objects.values_list("pk", "version"))
        deriving.on_made(order, by=factories.officer(order.case))
        assert set(Matter.objects.values_list("pk", "version")) == before

    def test_service_is_told_once_for_each_words(self, order: Order) -> None:
        by = factories.officer(order.case)
        lifecycle.serve(order, by=by, proof=orders.proof())
        served = factories.waiting(order.case)[K.SERVED]
        right = orders.proof(served_at=order.made_at + timedelta(minutes=5))
        lifecycle.correct_service(order, by=by, proof=right, reason="Another time")
        assert factories.waiting(order.case)[K.SERVED].pk == served.pk
        assert kinds(order) == {K.MADE, K.SERVED}

    def test_what_was_changed_is_told_in_its_new_words(self, order: Order) -> None:
        variation = orders.varied(order, changes=(Change(Act.AMEND, 1, orders.KEEP_OUT),))
        matter = factories.waiting(order.case)[K.VARIED]
        assert matter.about_id == variation.pk
        said = words_of(order.case, [matter])[matter.pk]
        assert said.conditions == (f"Condition 1 is now: “{orders.KEEP_OUT.text}”",)

    def test_a_renewal_takes_the_place_of_the_end_that_was_near(self, order: Order) -> None:
        deriving.tell_of_end(order, by=factories.officer(order.case))
        ending = factories.waiting(order.case)[K.ENDING]
        assert order.last_day is not None
        orders.varied(order, renewed_until=order.last_day + timedelta(days=30))
        found = factories.waiting(order.case)
        assert K.ENDING not in found
        assert found[K.RENEWED].due_at == min(
            ending.due_at, found[K.RENEWED].happened_at + timedelta(hours=24)
        )

    def test_an_end_is_told_with_all_that_she_had_not_heard(self, order: Order) -> None:
        """She has waited since the order was made: the clock ends when that one would have."""
        made = factories.waiting(order.case)[K.MADE]
        by = factories.officer(order.case)
        asked = orders.by_subject(order, consents=("subject", order.force_id))
        variation = lifecycle.apply_to_discharge(order, by=by, asked=asked)
        lifecycle.decide_variation(
            variation,
            by=by,
            decision=lifecycle.Decision(outcome="granted", decided_at=clock.now()),
        )
        found = factories.waiting(order.case)
        assert set(found) == {K.ENDED}
        assert found[K.ENDED].due_at == made.due_at
        made.refresh_from_db()
        assert made.status == S.OVERTAKEN
        assert factories.clocks(order.case) == {K.ENDED}
        said = words_of(order.case, [found[K.ENDED]])[found[K.ENDED].pk].sentences
        assert "The court ended it. There is no order now." in said

    def test_what_the_court_would_not_change_is_told(self, order: Order) -> None:
        by = factories.officer(order.case)
        change = (Change(Act.AMEND, 1, orders.KEEP_OUT),)
        asked = orders.asked(order, changes=change)
        variation = lifecycle.apply_to_vary(order, by=by, asked=asked)
        decision = lifecycle.Decision(outcome=Variation.Status.REFUSED, decided_at=clock.now())
        lifecycle.decide_variation(variation, by=by, decision=decision)
        matter = factories.waiting(order.case)[K.NOT_CHANGED]
        said = words_of(order.case, [matter])[matter.pk].sentences
        assert said == "The court did not change the order. It stays as it was."

    def test_the_full_order_says_what_became_of_the_interim_one(self, order: Order) -> None:
        full = orders.full_after(order)
        found = factories.waiting(order.case)
        assert set(found) == {K.MADE}
        assert found[K.MADE].about_id == full.pk
        said = words_of(full.case, found.values())[found[K.MADE].pk].sentences
        assert "It takes the place of the temporary order." in said

    @pytest.mark.parametrize(("days_left", "asks"), [(8, False), (7, True), (0, True), (-1, False)])
    def test_the_clock_asks_in_the_last_week_of_an_interim_order(
        self, days_left: int, asks: bool
    ) -> None:
        today = clock.today()
        when = clock.now() - timedelta(days=20)
        order = orders.made(when, kind="interim", last_day=today + timedelta(days=days_left))
        tasks.TURN.act(order) if order in tasks.due() else None
        assert (K.ENDING in factories.waiting(order.case)) == asks
        assert order not in tasks.due()


class TestHearings:
    def listed(self) -> Hearing:
        return drafting.hearing(
            drafting.lodged(), starts_at=clock.now() + timedelta(days=5), late_reason=""
        )

    def test_a_day_in_court_is_told_by_the_next_working_day(self) -> None:
        friday = end_instant(date(2026, 11, 26)) + timedelta(hours=12)
        hearing = self.listed()
        with clock.at(friday):
            Matter.objects.filter(about_id=hearing.pk).delete()
            deriving.on_listed(hearing, by=factories.officer(hearing.case))
        matter = factories.waiting(hearing.case)[K.LISTED]
        assert (matter.whole_day, matter.due_at) == (True, end_instant(date(2026, 11, 30)))
        said = words_of(hearing.case, [matter])[matter.pk].sentences
        assert said.startswith("The court meets on ")

    def test_a_day_that_is_off_is_told_to_who_was_told_of_it(self) -> None:
        for told in (True, False):
            hearing = self.listed()
            if told:
                factories.tell(factories.waiting(hearing.case)[K.LISTED])
            applications.vacate_hearing(hearing, by=drafting.legal(), note="No court room")
            assert set(factories.waiting(hearing.case)) == ({K.VACATED} if told else set())

    @pytest.mark.parametrize("given", [True, False])
    def test_a_hearing_put_off_is_told_with_its_new_day_if_there_is_one(self, given: bool) -> None:
        hearing = drafting.heard()
        again = clock.now() + timedelta(days=9) if given else None
        applications.result_hearing(
            hearing, by=drafting.legal(), outcome="adjourned", note="Time", next_starts_at=again
        )
        found = factories.waiting(hearing.case)
        assert set(found) == {K.LISTED if given else K.ADJOURNED}
        said = words_of(hearing.case, found.values())
        assert all("The court put the hearing off." in one.sentences for one in said.values())

    def test_a_refusal_is_told_and_that_the_interim_order_has_ended(self, order: Order) -> None:
        application = order.application
        assert application is not None
        hearing = orders.hearing(application=application)
        applications.result_hearing(
            hearing, by=drafting.legal(), outcome="refused", reason="bail_thought_enough"
        )
        found = factories.waiting(order.case)
        assert found[K.REFUSED].due_at <= clock.now() + timedelta(hours=24)
        said = words_of(order.case, found.values())[found[K.REFUSED].pk].sentences
        assert "The temporary order has ended too" in said
        assert K.ENDED not in found

    @pytest.mark.parametrize(("gender", "whom"), [("female", "her"), ("male", "him")])
    def test_a_refusal_has_24_hours_from_the_hearing_however_late_it_is_typed(
        self, gender: str, whom: str
    ) -> None:
        with clock.at(clock.now() - timedelta(days=3)):
            application = drafting.lodged()
        subject = application.case.subject
        with transaction.atomic(), acting_as("test:setup"):
            Person.objects.filter(pk=subject.pk).update(gender=gender)
        hearing = drafting.hearing(application, starts_at=clock.now() - timedelta(days=2, hours=1))
        by = drafting.legal()
        applications.result_hearing(hearing, by=by, outcome="refused", reason="not_proved")
        matter = factories.waiting(hearing.case)[K.REFUSED]
        assert matter.due_at == hearing.starts_at + timedelta(hours=24)
        reason = Deadline.objects.get(about_id=matter.pk, done_at=None).reason
        assert reason == (
            "24 hours after the start of the hearing: the court refused, and nothing binds " + whom
        )

    def test_a_hearing_put_off_is_told_by_the_working_day_after_it(self) -> None:
        with clock.at(clock.now() - timedelta(days=9)):
            application = drafting.lodged()
        hearing = drafting.hearing(application, starts_at=clock.now() - timedelta(days=7))
        applications.result_hearing(hearing, by=drafting.legal(), outcome="adjourned", note="Time")
        matter = factories.waiting(hearing.case)[K.ADJOURNED]
        day = local_date(hearing.starts_at)
        after = working_day_after(day, 1, bank_holidays=ENGLAND_AND_WALES)
        assert matter.due_at == end_instant(after)

    def test_what_is_withdrawn_is_told(self) -> None:
        application = drafting.lodged()
        applications.withdraw_application(application, by=drafting.legal(), reason="evidence")
        found = factories.waiting(application.case)
        assert set(found) == {K.WITHDRAWN}
        said = words_of(application.case, found.values())
        assert "not asking the court" in said[found[K.WITHDRAWN].pk].sentences


class TestDeclines:
    def test_who_asked_for_her_is_not_she(self) -> None:
        request = drafting.request()
        applications.decide_request(request, by=drafting.officer(), **drafting.DECLINE)
        matter = factories.waiting(request.case)[K.DECLINED]
        assert matter.person is None
        said = words_of(request.case, [matter])[matter.pk].sentences
        assert said.endswith("Ask again if anything happens.")
        second = drafting.PROCEED
        applications.second_look(request, by=drafting.lead(), **second)
        assert not factories.waiting(request.case)

    def test_the_victim_who_asked_has_the_requesters_clock(self) -> None:
        request = drafting.request(source="victim")
        applications.decide_request(request, by=drafting.officer(), **drafting.DECLINE)
        assert not factories.waiting(request.case)


class TestPeople:
    def test_each_protected_person_has_a_clock_of_her_own(self) -> None:
        application = drafting.lodged()
        factories.another_person(application.case)
        order = orders.make(orders.hearing(application=application))
        rows = Matter.objects.filter(case=order.case, kind=K.MADE)
        assert rows.count() == 2
        reasons = Deadline.objects.filter(about_id__in=rows.values("pk")).values_list("reason")
        assert {reason.partition(":")[0] for (reason,) in reasons} == {"Ms A", "Ms Q"}

    def test_who_is_protected_later_is_told_of_the_order(self) -> None:
        order = orders.made()
        first = factories.waiting(order.case)[K.MADE]
        draft = drafting.draft(case=order.case)
        party = drafting.protected(draft, called="Ms Z")
        rows = Matter.objects.filter(case=order.case, kind=K.MADE, status=S.WAITING)
        assert set(rows.values_list("person_id", flat=True)) == {first.person_id, party.person_id}
        applications.remove_protected_person(draft, by=drafting.officer(), party=party)
        assert set(rows.values_list("person_id", flat=True)) == {first.person_id}


def test_every_kind_has_its_rule() -> None:
    assert set(RULES) == set(K)


@pytest.mark.parametrize("kind", list(K))
def test_only_what_the_code_asks_for_warns(kind: str) -> None:
    """Where force policy goes by the Code's days, their wording binds nobody."""
    warns = RULES[kind].findings(clock.now())
    assert bool(warns) == (kind == K.BREACH_DECIDED)
    assert RULES[kind].due(clock.now()).at > clock.now()
    assert local_date(RULES[kind].due(clock.now()).at) >= clock.today()


class TestNobodyIsLeftUntold:
    """What happens once more is told once more, and a new fact hides no other."""

    def test_a_request_that_is_declined_again_is_told_again(self) -> None:
        request = drafting.request()
        applications.decide_request(request, by=drafting.officer(), **drafting.DECLINE)
        applications.second_look(request, by=drafting.lead(), **drafting.DECLINE)
        applications.reopen_request(request, by=drafting.officer(), reason="He came back")
        assert K.DECLINED not in factories.waiting(request.case)
        applications.decide_request(request, by=drafting.officer(), **drafting.DECLINE)
        again = factories.waiting(request.case)[K.DECLINED]
        assert K.DECLINED in factories.clocks(request.case)
        assert again.happened_at == request.decisions.last().decided_at

    def test_a_victim_for_whom_somebody_with_an_account_asked_is_told_of_the_decline(self) -> None:
        officer = drafting.officer()
        request = drafting.request(source="victim", asked_by=officer)
        applications.decide_request(request, by=officer, **drafting.DECLINE)
        assert K.DECLINED in factories.waiting(request.case)

    def test_a_new_day_does_not_hide_that_the_one_she_was_told_of_is_off(self) -> None:
        application = drafting.lodged()
        week = clock.now() + timedelta(days=7)
        first = drafting.hearing(application, starts_at=week)
        factories.tell(factories.waiting(first.case)[K.LISTED])
        applications.vacate_hearing(first, by=drafting.legal(), note="No court room")
        drafting.hearing(application, starts_at=week + timedelta(days=7))
        assert set(factories.waiting(first.case)) == {K.VACATED, K.LISTED}

    def test_an_interim_order_does_not_hide_the_day_of_the_main_hearing(self) -> None:
        application = drafting.lodged()
        main = drafting.hearing(application, starts_at=clock.now() + timedelta(days=21))
        heard = orders.hearing(application=application)
        orders.make(heard, kind="interim")
        waiting = factories.waiting(main.case)
        assert set(waiting) == {K.LISTED, K.MADE}
        assert waiting[K.LISTED].about_id == main.pk

    def test_an_order_that_ended_with_a_refusal_is_not_told_as_if_it_stood(self) -> None:
        order = orders.served(clock.now() - timedelta(days=2), kind="interim")
        heard = drafting.hearing(order.application, starts_at=drafting.earlier(5))
        applications.result_hearing(
            heard, by=drafting.legal(), outcome="refused", reason="not_proved"
        )
        assert set(factories.waiting(order.case)) == {K.REFUSED}

    def test_corrected_words_that_he_was_given_are_told_with_their_day(self, order: Order) -> None:
        by = factories.officer(order.case)
        lifecycle.serve(order, by=by, proof=orders.proof())
        held = Order.objects.get(pk=order.pk)
        said = Change(Act.AMEND, 1, orders.KEEP_OUT)
        right = lifecycle.Right(held.made_at, held.court, held.last_day, conditions=(said,))
        lifecycle.correct_order(held, by=by, right=right, reason="Typed wrongly")
        correction, held = held.corrections.get(), Order.objects.get(pk=order.pk)
        lifecycle.serve(held, by=by, proof=orders.proof(), correction=correction)
        [matter] = Matter.objects.filter(case=order.case, kind=K.SERVED, about_id=correction.pk)
        said_of_it = words_of(order.case, [matter])[matter.pk].sentences
        assert "in its new words on " in said_of_it


class TestNoTemporaryOrder:
    """The court refused an interim order, and the application goes on."""

    def refused(self, hearing: Hearing) -> Matter:
        by = drafting.legal()
        applications.result_hearing(
            hearing, by=by, outcome="interim_refused", reason="not_appropriate"
        )
        return factories.waiting(hearing.case)[K.NO_INTERIM]

    def test_she_is_told_that_nothing_binds_him_and_that_the_court_still_decides(self) -> None:
        application = drafting.lodged()
        main = drafting.hearing(application, starts_at=clock.now() + timedelta(days=21))
        heard = drafting.hearing(application, starts_at=clock.now(), purpose="interim")
        matter = self.refused(heard)
        assert set(factories.waiting(heard.case)) == {K.LISTED, K.NO_INTERIM}
        assert factories.waiting(heard.case)[K.LISTED].about_id == main.pk
        said = words_of(heard.case, [matter])[matter.pk].sentences
        assert said == (
            "The court did not make a temporary order. It will still decide about the full order. "
            "There is no order now: nothing binds them by one. Talk to us about how to stay safe."
        )
        reason = Deadline.objects.get(about_id=matter.pk, done_at=None).reason
        assert reason.endswith("Nothing binds them: plan for safety")

    def test_an_order_that_there_was_before_still_counts(self, order: Order) -> None:
        heard = drafting.hearing(order.application, starts_at=clock.now(), purpose="interim")
        matter = self.refused(heard)
        said = words_of(order.case, [matter])[matter.pk].sentences
        assert said.endswith("The order that there was before still counts.")
        reason = Deadline.objects.get(about_id=matter.pk, done_at=None).reason
        assert reason.endswith("the application goes on")

    def test_what_the_court_decides_in_the_end_takes_its_place(self) -> None:
        heard = drafting.heard(purpose="interim")
        self.refused(heard)
        last = drafting.hearing(heard.application, starts_at=clock.now())
        applications.result_hearing(last, by=drafting.legal(), outcome="refused", reason="other")
        assert set(factories.waiting(heard.case)) == {K.REFUSED}

    def test_who_heard_that_the_whole_application_was_refused_hears_the_truth(self) -> None:
        heard = drafting.heard(purpose="interim")
        by = drafting.legal()
        applications.result_hearing(heard, by=by, outcome="refused", reason="other")
        factories.tell(factories.waiting(heard.case)[K.REFUSED])
        right = {"outcome": "interim_refused", "reason": "not_appropriate"}
        applications.correct_result(heard, by=by, why="It goes on", **right)
        found = factories.waiting(heard.case)
        assert set(found) == {K.PUT_RIGHT}
        said = words_of(heard.case, found.values())[found[K.PUT_RIGHT].pk].sentences
        assert said.endswith("It will still decide about the full order.")
