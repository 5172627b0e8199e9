"""A court made an order: recorded as made, findings and all; what cannot have happened is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.models import CLOCK
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Application, ClosedCourt, Court, Hearing
from applications.tests import factories as applications
from audit.models import Entry
from casework import clock
from casework.errors import Refused, WrongState
from casework.models import Case, Deadline
from law.duration import earliest_last_day
from law.periods import LONDON, end_instant, written
from orders import lifecycle
from orders.forms import MakeForm
from orders.lifecycle import clocks
from orders.models import Condition, Order
from orders.tests import factories

pytestmark = pytest.mark.django_db


def open_clocks(case: Case) -> dict[str, Deadline]:
    return {d.kind: d for d in Deadline.objects.filter(case=case, done_at=None)}


def provisions(order: Order) -> set[str]:
    return {finding["provision"] for finding in order.findings}


class TestMaking:
    def test_the_order_carries_its_conditions_as_made(self) -> None:
        order = factories.made()
        conditions = list(order.conditions.all())
        assert [c.number for c in conditions] == [1, 2, 3]
        assert [c.short for c in conditions] == [t.short for t in factories.TERMS]
        assert all(c.in_force.lower == order.made_at for c in conditions)
        assert all(c.in_force.upper is None for c in conditions)
        assert (order.status, order.subject) == (Order.Status.MADE, order.case.subject)

    def test_a_condition_with_a_period_of_its_own_ends_with_its_last_day(self) -> None:
        """s3(3), W32: accepted with a warning."""
        own = clock.today() + timedelta(days=180)
        term = replace(factories.ASSESSMENT, own_last_day=own)
        order = factories.made(terms=(factories.NO_CONTACT, term), until_further_order=True)
        assert order.conditions.get(number=2).in_force.upper == end_instant(own)
        assert ("s3(3)", "warn") in {(f["provision"], f["weight"]) for f in order.findings}
        assert "legal_query" not in open_clocks(order.case)

    def test_the_hearing_is_resulted_and_the_application_granted(self) -> None:
        order = factories.made()
        order.hearing.refresh_from_db()
        assert order.hearing.outcome == Hearing.Outcome.FULL_ORDER
        assert Application.objects.get(pk=order.application_id).status == "granted"
        assert Case.objects.get(pk=order.case_id).status == Case.Status.ORDER

    def test_an_interim_leaves_the_application_before_the_court(self) -> None:
        order = factories.made(kind="interim")
        assert Application.objects.get(pk=order.application_id).status == "lodged"
        assert Case.objects.get(pk=order.case_id).status == Case.Status.ORDER

    def test_it_starts_the_clocks_of_service_and_of_its_end(self) -> None:
        order = factories.made(kind="interim")
        clocks = open_clocks(order.case)
        assert clocks["serve_order"].due_at == order.made_at + timedelta(hours=24)
        assert clocks["serve_order"].provision == "force policy"
        assert clocks["interim_ends"].due_at == end_instant(order.last_day - timedelta(days=14))
        assert written(order.last_day) in clocks["interim_ends"].reason
        full = factories.full_after(order)
        clocks = open_clocks(full.case)
        assert "interim_ends" not in clocks
        assert clocks["order_ends"].due_at == end_instant(full.last_day - timedelta(days=56))
        assert written(full.last_day) in clocks["order_ends"].reason

    def test_the_end_of_a_short_order_is_guarded_from_its_making_on(self) -> None:
        order = factories.made(kind="interim", last_day=clock.today() + timedelta(days=9))
        assert open_clocks(order.case)["interim_ends"].due_at == end_instant(clock.today())

    def test_until_further_order_has_no_end_to_guard(self) -> None:
        order = factories.made(until_further_order=True)
        assert order.last_day is None
        assert "order_ends" not in open_clocks(order.case)

    def test_it_writes_an_event(self) -> None:
        order = factories.made()
        event = Entry.objects.get(verb="make_order", row_id=str(order.pk))
        assert event.case_id == order.case_id
        assert event.details["kind"] == "full"

    def test_a_full_order_replaces_the_interim_at_the_moment_of_its_making(self) -> None:
        """s5(6)(b), s9(1)(a), W13."""
        interim = factories.served(kind="interim")
        full = factories.full_after(interim)
        interim.refresh_from_db()
        assert full.replaces_interim == interim
        assert (interim.status, interim.end_reason) == ("ended", Order.EndReason.REPLACED)
        assert interim.ended_at == full.made_at

    def test_a_lapsed_interim_is_not_replaced(self) -> None:
        """W14."""
        made_at = clock.now() - timedelta(days=40)
        interim = factories.made(made_at, kind="interim")
        full = factories.full_after(interim)
        assert full.replaces_interim is None

    def test_an_interim_that_the_clock_ended_before_the_paper_came_is_replaced(self) -> None:
        """The full order was made on the interim's last day and typed on the day after."""
        made_at = clock.now() - timedelta(days=28)
        interim = factories.made(made_at, kind="interim")
        lifecycle.expire(interim, by=CLOCK)
        last = datetime.combine(interim.last_day, datetime.min.time(), LONDON).replace(hour=11)
        later = factories.hearing(last, application=interim.application)
        full = factories.make(later, made_at=last)
        interim.refresh_from_db()
        assert full.replaces_interim == interim
        assert (interim.ended_at, interim.end_reason) == (last, "replaced")


class TestWhatACourtDidIsAFact:
    def test_less_than_two_years_is_recorded_with_its_finding(self) -> None:
        """s3(2), W18, W19."""
        short = earliest_last_day(clock.today()) - timedelta(days=1)
        order = factories.made(last_day=short)
        assert order.last_day == short
        assert ("s3(2)", "block") in {(f["provision"], f["weight"]) for f in order.findings}
        task = open_clocks(order.case)["legal_query"]
        assert (task.owner_role, task.about_id) == (Role.LEGAL, order.pk)

    def test_exactly_two_years_has_no_finding(self) -> None:
        """W20."""
        order = factories.made(last_day=earliest_last_day(clock.today()))
        assert order.findings == []
        assert "legal_query" not in open_clocks(order.case)

    def test_an_interim_without_an_end_is_recorded_with_its_finding(self) -> None:
        """s5(6)(a)."""
        order = factories.made(kind="interim", until_further_order=True)
        assert order.last_day is None
        assert "s5(6)(a)" in provisions(order)
        assert "legal_query" in open_clocks(order.case)

    def test_a_condition_that_nobody_found_necessary_is_recorded_with_its_finding(self) -> None:
        """s2(2)."""
        term = replace(factories.ASSESSMENT, necessity="")
        order = factories.made(terms=(factories.NO_CONTACT, term))
        [finding] = [f for f in order.findings if f["provision"] == "s2(2)"]
        assert finding["field"] == "conditions.1.necessity"

    def test_legal_answers_and_the_task_is_done(self) -> None:
        order = factories.made(kind="interim", until_further_order=True)
        lifecycle.answer_legal_query(
            order, by=factories.legal(order), answer="The court will correct it under the slip rule"
        )
        order.refresh_from_db()
        assert order.legal_answered_by == factories.legal(order)
        assert "legal_query" not in open_clocks(order.case)

    def test_a_second_answer_is_refused_and_told_what_was_answered(self) -> None:
        order = factories.made(kind="interim", until_further_order=True)
        lifecycle.answer_legal_query(order, by=factories.legal(order), answer="It is a slip")
        with pytest.raises(WrongState, match=r"answered on .* at \d\d:\d\d: It is a slip"):
            lifecycle.answer_legal_query(order, by=factories.legal(order), answer="No slip at all")
        order.refresh_from_db()
        assert order.legal_answer == "It is a slip"

    def test_asked_again_it_answers_again_and_the_first_answer_is_kept(self) -> None:
        order = factories.made(kind="interim", until_further_order=True)
        by = factories.legal(order)
        lifecycle.answer_legal_query(order, by=by, answer="It is a slip")
        clocks.ask_legal(order)
        lifecycle.answer_legal_query(order, by=by, answer="The second thing is none")
        order.refresh_from_db()
        assert order.legal_answer == "The second thing is none"
        [(words, who, at)] = order.answered_before
        assert (words, who) == ("It is a slip", str(by))
        assert at < order.legal_answered_at

    def test_an_answer_without_words_is_refused(self) -> None:
        order = factories.made(kind="interim", until_further_order=True)
        with pytest.raises(Refused, match="advises"):
            lifecycle.answer_legal_query(order, by=factories.legal(order), answer=" ")
        assert "legal_query" in open_clocks(order.case)


def refused(hearing: Hearing, **facts: object) -> Refused:
    """The refusal, after looking that it left no trace."""
    before = (Entry.objects.count(), Order.objects.count(), Condition.objects.count())
    with pytest.raises(Refused) as caught:
        factories.make(hearing, **facts)
    assert (Entry.objects.count(), Order.objects.count(), Condition.objects.count()) == before
    assert Hearing.objects.get(pk=hearing.pk).status == Hearing.Status.LISTED
    return caught.value


def test_what_cannot_be_is_refused_and_leaves_no_trace() -> None:
    hearing = factories.hearing()
    yesterday = timedelta(days=1)
    nobodys = replace(factories.NO_CONTACT, proposed_id=uuid4())
    elsewhere = applications.complete_draft().conditions.get()
    others = replace(factories.NO_CONTACT, proposed_id=elsewhere.pk)
    empty = replace(factories.NO_CONTACT, text=" ")
    over = replace(factories.NO_CONTACT, own_last_day=date(2020, 1, 1))
    for field, facts in (
        ("made_at", {"made_at": clock.now() + timedelta(minutes=1)}),  # in the future
        ("made_at", {"made_at": clock.now() - yesterday}),  # before its hearing
        ("last_day", {"last_day": clock.today() - yesterday}),  # over before it was made
        ("conditions", {"terms": ()}),
        ("conditions", {"terms": (factories.KEEP_OUT, empty)}),
        ("conditions", {"terms": (over,)}),
        ("conditions", {"terms": (nobodys,)}),
        ("conditions", {"terms": (others,)}),
    ):
        assert refused(hearing, **facts).field == field


class TestWhoAndWhen:
    def test_another_role_cannot(self) -> None:
        hearing = factories.hearing()
        for role in set(Role) - {Role.OFFICER, Role.LEGAL, Role.STALKING_LEAD, Role.CLOCK}:
            with pytest.raises(Denied):
                factories.make(hearing, by=accounts.user(role))
        assert not Order.objects.exists()

    def test_another_force_cannot(self) -> None:
        hearing = factories.hearing()
        with pytest.raises(Denied):
            factories.make(hearing, by=factories.other_force_officer())

    def test_a_hearing_that_was_resulted_otherwise_gives_no_order(self) -> None:
        hearing = factories.hearing()
        applications.lifecycle.result_hearing(
            hearing, by=applications.legal(), outcome="refused", reason="not_proved"
        )
        with pytest.raises(WrongState):
            factories.make(hearing)

    def test_a_result_that_was_typed_first_waits_for_its_order(self) -> None:
        hearing = factories.hearing()
        applications.lifecycle.result_hearing(
            hearing, by=applications.legal(), outcome="full_order"
        )
        assert factories.make(hearing).hearing == hearing

    def test_one_order_from_one_hearing(self) -> None:
        order = factories.made()
        with pytest.raises(WrongState, match="recorded from this hearing"):
            factories.make(order.hearing)


def test_an_interim_discharged_earlier_that_day_is_not_replaced() -> None:
    """`law.interim.replaced_by_full` decides, by the moment: its own duty to notify then runs."""
    full_at = clock.now() - timedelta(hours=1)
    interim = factories.served(full_at - timedelta(days=3), kind="interim")
    by = factories.officer()
    lifecycle.discharge(interim, by=by, at=full_at - timedelta(minutes=30))
    assert factories.full_after(interim, full_at).replaces_interim is None


def test_one_that_ends_at_the_very_moment_is_replaced() -> None:
    full_at = clock.now() - timedelta(hours=1)
    interim = factories.served(full_at - timedelta(days=3), kind="interim")
    lifecycle.determine(interim, by=factories.officer(), at=full_at)
    assert factories.full_after(interim, full_at).replaces_interim == interim


def test_an_order_of_the_court_for_the_other_age_is_recorded_with_its_finding() -> None:
    """R1.2, s14(1): a fact all the same. So is one of a court that the force uses no more."""
    hearing = factories.hearing()
    youth = Court.objects.create(name="Testham Youth Court", kind=Court.Kind.YOUTH)
    ClosedCourt.objects.create(court=youth, force=hearing.case.force)
    order = factories.make(hearing, court=youth)
    assert "s14(1)" in provisions(order)
    assert youth in MakeForm.base_fields["court"].queryset
