"""Each act on a breach: what it does, whom it tells, what it refuses without a trace."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db.models import Q

from accounts import policy
from accounts.models import Grant
from accounts.policy import Denied
from accounts.roles import Permission, Role
from accounts.tests import factories as accounts
from alerts import actions as alerts
from alerts import addressing, sweep
from alerts.models import Alert, Message
from applications import lifecycle as applications
from audit.models import Entry
from breaches import lifecycle, queries
from breaches.models import Breach, Point
from breaches.tests import factories
from casework import clock
from casework.actions import let_in
from casework.errors import Stale, WrongState
from casework.models import Case, Deadline
from casework.tests import refusals
from contact.models import Matter
from law.breach import Point as PointToProve
from orders.models import Order
from orders.terms import Act, Change, Term
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
refused = partial(refusals.refused, (Breach, Point, Alert, Deadline, Entry, Grant))
S = Breach.Status


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    return factories.order()


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.get(pk=served.pk)


def open_clocks(breach: Breach) -> dict[str, datetime]:
    told = Matter.objects.filter(about_id=breach.pk).values("pk")
    running = Deadline.objects.filter(Q(about_id=breach.pk) | Q(about_id__in=told), done_at=None)
    return dict(running.values_list("kind", "due_at"))


class TestReport:
    def test_it_is_taken_numbered_and_clocked(self, order: Order) -> None:
        breach = factories.reported(order)
        assert (breach.status, breach.number, breach.offence_code) == (S.REPORTED, 1, "ST19001")
        assert breach.condition is not None
        assert breach.condition.number == 1
        assert breach.findings == []
        assert open_clocks(breach) == {
            "acknowledge_breach": breach.reported_at + timedelta(minutes=15),
            "tell_protected_person": breach.reported_at + timedelta(hours=2),
            "decide_breach": breach.reported_at + timedelta(hours=24),
        }
        assert factories.reported(order).number == 2

    def test_the_officer_the_inbox_and_the_lead_are_told_at_once(self, order: Order) -> None:
        officer, lead = factories.officer(), factories.lead()
        Case.objects.filter(pk=order.case_id).update(officer=officer)
        breach = factories.reported(order)
        alert = Alert.objects.get(thread=queries.thread_of(breach))
        assert alert.needs_acknowledgement
        assert alert.path == f"/breaches/{breach.pk}/"
        addressing.run()
        reached = set(
            Message.objects.filter(alert=alert)
            .exclude(address="")
            .values_list("address", flat=True)
        )
        assert reached == {officer.email, lead.email, order.force.duty_inbox}

    def test_nobody_on_the_rung_is_itself_an_alarm(self, order: Order) -> None:
        order.force.duty_inbox = ""
        order.force.save()
        Case.objects.filter(pk=order.case_id).update(officer=None)
        breach = factories.reported(order)
        addressing.run()
        alert = Alert.objects.get(thread=queries.thread_of(breach), kind=queries.KIND)
        assert alert.nobody
        assert Alert.objects.filter(thread=alert.thread, kind="nobody_on_rung").exists()

    def test_the_points_to_prove_begin_with_what_our_records_prove(self, order: Order) -> None:
        points = {p.key: p for p in factories.reported(order).points.all()}
        assert set(points) == {p.value for p in PointToProve}
        held = {key for key, point in points.items() if point.held}
        assert held == {"in_force", "served", "condition"}
        assert "BWV-0091" in points["served"].evidence
        assert "contact Ms A" in points["condition"].evidence

    def test_only_service_of_the_words_breached_proves_that_he_knew_them(
        self, order: Order
    ) -> None:
        """W16: changed an hour ago and served half an hour ago, in the new words."""
        changed_at = clock.now() - timedelta(hours=1)
        new = term("You must not contact Ms A or her sister.")
        variation = orders.varied(order, changed_at, changes=(Change(Act.AMEND, 1, new),))
        unaware = factories.reported(order, happened_at=changed_at + timedelta(minutes=10))
        unsure = factories.reported(order, happened_at=unaware.happened_at, condition=None)
        for breach in (unaware, unsure):
            point = breach.points.get(key="served")
            assert (point.held, point.evidence) == (False, "")
            assert "not in the words of that moment" in breach.findings[0]["message"]
        untouched = factories.reported(order, happened_at=unaware.happened_at, condition=2)
        assert untouched.points.get(key="served").held
        assert "of the words of" not in untouched.points.get(key="served").evidence
        order.refresh_from_db()
        served_at = changed_at + timedelta(minutes=30)
        orders.lifecycle.serve(
            order,
            by=factories.officer(),
            proof=orders.proof(served_at, footage_reference="BWV-0117"),
            variation=variation,
        )
        aware = factories.reported(order, happened_at=changed_at + timedelta(minutes=40))
        assert aware.findings == []
        evidence = aware.points.get(key="served").evidence
        assert evidence.startswith(f"Record of service {queries.said(served_at)}, in person")
        assert evidence.endswith(f"of the words of {queries.said(changed_at)}, footage BWV-0117")

    @pytest.mark.parametrize(
        ("method", "held"),
        [("in_court", True), ("in_person", True), ("last_address", False), ("solicitor", False)],
    )
    def test_service_on_somebody_else_shows_not_that_he_knew(self, method: str, held: bool) -> None:
        order = orders.made(clock.now() - timedelta(hours=3))
        given = orders.proof(clock.now() - timedelta(hours=2), method=method)
        orders.lifecycle.serve(order, by=factories.officer(), proof=given)
        assert factories.reported(order).points.get(key="served").held == held

    def test_not_sure_which_condition_is_always_taken(self, order: Order) -> None:
        breach = factories.reported(order, condition=None)
        assert breach.condition is None
        assert not breach.points.get(key="condition").held

    def test_it_is_tied_to_the_wording_of_that_moment(self, order: Order) -> None:
        """Varied an hour ago: a breach of two hours ago breached the old words."""
        varied_at = clock.now() - timedelta(hours=1)
        with orders.at(varied_at):
            variation = orders.lifecycle.apply_to_vary(
                order,
                by=factories.officer(),
                asked=orders.asked(
                    order,
                    changes=(
                        Change(Act.AMEND, 1, term("You must not contact Ms A or her sister.")),
                    ),
                ),
            )
            orders.lifecycle.decide_variation(
                variation,
                by=factories.officer(),
                decision=orders.lifecycle.Decision(
                    outcome="granted",
                    decided_at=varied_at,
                    heard=("subject",),
                    changes=(
                        Change(Act.AMEND, 1, term("You must not contact Ms A or her sister.")),
                    ),
                ),
            )
        before = factories.reported(order, happened_at=varied_at - timedelta(minutes=30))
        after = factories.reported(order, happened_at=varied_at + timedelta(minutes=30))
        assert [b.condition.wording for b in (before, after) if b.condition] == [1, 2]

    @pytest.mark.parametrize(
        ("hours", "finding"), [(-2, "s8(1)"), (0.5, "practice")], ids=["before", "unserved"]
    )
    def test_a_moment_without_effect_or_service_is_a_warning(
        self, hours: float, finding: str
    ) -> None:
        made_at = clock.now() - timedelta(days=1)
        order = orders.served(made_at, kind="interim")
        breach = factories.reported(
            order, happened_at=made_at + timedelta(hours=hours), condition=None
        )
        assert [f["provision"] for f in breach.findings] == [finding]
        assert [f["weight"] for f in breach.findings] == ["warn"]

    def test_after_its_end_it_is_taken_with_a_warning(self) -> None:
        made_at = clock.now() - timedelta(days=40)
        order = orders.served(made_at, kind="interim")  # for 28 days
        breach = factories.reported(order, condition=None)
        assert [f["provision"] for f in breach.findings] == ["s8(1)"]
        assert not breach.points.get(key="in_force").held

    def test_two_reports_of_one_hour_are_linked_and_both_kept(self, order: Order) -> None:
        moment = clock.now() - timedelta(hours=3)
        first = factories.reported(order, happened_at=moment)
        second = factories.reported(
            order, happened_at=moment + timedelta(minutes=40), by=factories.control_room()
        )
        third = factories.reported(order, happened_at=moment + timedelta(minutes=90))
        later = factories.reported(order, happened_at=moment + timedelta(hours=2, minutes=45))
        assert (first.same_as, second.same_as, third.same_as) == (None, first, first)
        assert later.same_as is None
        assert Alert.objects.filter(kind=queries.KIND).count() == 4

    def test_what_cannot_be_is_refused(self, order: Order) -> None:
        officer = factories.officer()
        for field, facts in (
            ("condition", {"condition": 9}),
            ("condition", {"condition": 0}),
            ("what_happened", {"what_happened": " \n"}),
            ("source", {"source": ""}),
            ("source", {"source": "a friend"}),
            ("happened_at", {"happened_at": clock.now() + timedelta(days=1), "condition": None}),
        ):
            report = factories.told(**facts)
            refused(field, lambda r=report: lifecycle.report(order, by=officer, told=r))

    def test_a_condition_that_was_not_in_force_then_cannot_be_chosen(self) -> None:
        made_at = clock.now() - timedelta(days=1)
        order = orders.served(made_at, kind="interim")
        officer = factories.officer()
        too_early = factories.told(made_at - timedelta(hours=1))
        said = refused("happened_at", lambda: lifecycle.report(order, by=officer, told=too_early))
        assert "was made later than that" in said
        assert "not sure which" in said
        no_such = factories.told(condition=9)
        said = refused("condition", lambda: lifecycle.report(order, by=officer, told=no_such))
        assert "Condition 9 was not in force" in said


class TestWhoReports:
    def test_the_control_room_of_another_force_from_the_card(self, order: Order) -> None:
        other = factories.control_room(accounts.other_force())
        breach = factories.reported(order, by=other, source="")
        assert breach.source == Breach.Source.CONTROL_ROOM
        assert breach.force_id == order.force_id
        assert not policy.can(other, Permission.VIEW_CASE, breach)
        with pytest.raises(Denied):
            lifecycle.acknowledge(breach, by=other)

    def test_an_officer_of_another_force(self, order: Order) -> None:
        assert factories.reported(order, by=factories.officer(accounts.other_force())).pk

    def test_not_of_a_restricted_case(self, order: Order) -> None:
        Case.objects.filter(pk=order.case_id).update(
            restricted=True, restricted_reason="Known here"
        )
        order.refresh_from_db()
        for user in (factories.control_room(), factories.officer(accounts.other_force())):
            with pytest.raises(Denied):
                factories.reported(order, by=user)

    def test_an_advocate_whose_client_consented(self, order: Order) -> None:
        advocate = accounts.user(Role.ADVOCATE)
        with pytest.raises(Denied):
            factories.reported(order, by=advocate)
        let_in(order.case_id, advocate, basis=Grant.Basis.CONSENT, by=factories.officer())
        breach = factories.reported(order, by=advocate, source="")
        assert breach.source == Breach.Source.ADVOCATE
        assert Alert.objects.filter(thread=queries.thread_of(breach)).exists()

    def test_nobody_else(self, order: Order) -> None:
        for role in (Role.LEGAL, Role.AUDITOR, Role.ANALYST):
            with pytest.raises(Denied):
                factories.reported(order, by=accounts.user(role))


class TestAnswer:
    def test_acknowledging_stops_the_ladder(self, order: Order) -> None:
        breach = factories.reported(order)
        lifecycle.acknowledge(breach, by=factories.lead())
        assert (breach.status, breach.acknowledged_by) == (S.ACKNOWLEDGED, factories.lead())
        assert "acknowledge_breach" not in open_clocks(breach)
        alert = Alert.objects.get(thread=queries.thread_of(breach))
        assert alert.acknowledged_by == factories.lead()

    def test_answering_the_alert_acknowledges_the_report(self, order: Order) -> None:
        breach = factories.reported(order)
        alert = Alert.objects.get(thread=queries.thread_of(breach))
        addressing.run()
        alerts.acknowledge(alert, by=factories.control_room())
        breach.refresh_from_db()
        assert (breach.status, breach.acknowledged_by) == (
            S.ACKNOWLEDGED,
            factories.control_room(),
        )
        assert "acknowledge_breach" not in open_clocks(breach)
        alerts.acknowledge(alert, by=factories.lead())
        breach.refresh_from_db()
        assert breach.acknowledged_by == factories.control_room(), "the first answer stands"

    def test_once(self, order: Order) -> None:
        breach = factories.acknowledged(order)
        with pytest.raises(WrongState):
            lifecycle.acknowledge(breach, by=factories.lead())

    def test_an_officer_is_assigned_and_let_in(self, order: Order) -> None:
        breach = factories.acknowledged(order)
        other_unit = accounts.user(
            Role.OFFICER, username="officer.cid", unit=accounts.unit(name="CID unit")
        )
        assert not policy.can(other_unit, Permission.VIEW_CASE, breach)
        lifecycle.assign(breach, by=factories.lead(), officer=other_unit)
        assert (breach.status, breach.officer, breach.assigned_by) == (
            S.ASSIGNED,
            other_unit,
            factories.lead(),
        )
        assert policy.can(other_unit, Permission.VIEW_CASE, breach)

    @pytest.mark.parametrize("restricted", [False, True])
    def test_who_answers_it_keeps_it_when_the_case_goes_to_another(
        self, order: Order, restricted: bool
    ) -> None:
        case, lead = order.case, factories.lead()
        before = accounts.user(
            Role.OFFICER, username="officer.before", unit=accounts.unit(name="CID unit")
        )
        after = accounts.user(Role.OFFICER, username="officer.after")
        applications.assign_case(case, by=lead, unit=before.unit, officer=before)
        breach = factories.acknowledged(order)
        lifecycle.assign(breach, by=lead, officer=before)
        if restricted:
            applications.restrict_case(case, by=lead, reason="Known here", named=[lead])
        applications.assign_case(case, by=lead, unit=accounts.unit(), officer=after)
        breach = Breach.objects.get(pk=breach.pk)
        assert policy.can(before, Permission.ANSWER_BREACH, breach) is not restricted

    def test_only_an_officer_of_this_force(self, order: Order) -> None:
        breach, lead = factories.acknowledged(order), factories.lead()
        for officer in (
            factories.officer(accounts.other_force()),
            accounts.user(Role.OFFICER, username="left.ts", is_active=False),
            accounts.user(Role.LEGAL),
        ):
            refused("officer", lambda o=officer: lifecycle.assign(breach, by=lead, officer=o))

    def test_not_before_somebody_took_it(self, order: Order) -> None:
        breach = factories.reported(order)
        with pytest.raises(WrongState):
            lifecycle.assign(breach, by=factories.lead(), officer=factories.officer())


class TestPointsAndDecision:
    def test_a_point_is_saved(self, order: Order) -> None:
        breach = factories.reported(order)
        point = lifecycle.save_point(
            breach,
            by=factories.officer(),
            key="identity",
            held=False,
            evidence="Account name on the payment",
            asked="bank asked",
        )
        assert (point.held, point.asked, point.saved_by) == (
            False,
            "bank asked",
            factories.officer(),
        )

    def test_a_point_that_is_held_has_its_evidence(self, order: Order) -> None:
        breach, officer = factories.reported(order), factories.officer()
        for field, value in (("key", "motive"), ("evidence", " "), ("evidence", "x" * 301)):
            good = {"key": "act", "held": True, "evidence": "Screenshots PM/21 to PM/24"}
            values = good | {field: value}
            refused(field, lambda v=values: lifecycle.save_point(breach, by=officer, **v))

    @pytest.mark.parametrize(
        ("outcome", "reason", "kept"),
        [
            ("charged", "", ""),
            ("nfa", "reasonable_excuse", "reasonable_excuse"),
            ("other", "evidential_test", ""),
        ],
    )
    def test_it_is_decided(self, order: Order, outcome: str, reason: str, kept: str) -> None:
        breach = factories.acknowledged(order)
        lifecycle.decide(
            breach, by=factories.officer(), outcome=outcome, reason=reason, note="As advised"
        )
        assert (breach.status, breach.outcome, breach.outcome_reason) == (S.DECIDED, outcome, kept)
        assert set(open_clocks(breach)) == {"tell_protected_person", "tell_what_happened"}
        said = Matter.objects.get(about_id=breach.pk, kind=Matter.Kind.BREACH_DECIDED)
        assert said.code == outcome
        assert not Breach.objects.filter(case=order.case).exclude(status=S.DECIDED).exists()

    def test_not_without(self, order: Order) -> None:
        breach, officer = factories.acknowledged(order), factories.officer()
        for values, field in (
            ({"outcome": ""}, "outcome"),
            ({"outcome": "forgotten"}, "outcome"),
            ({"outcome": "nfa"}, "reason"),
            ({"outcome": "nfa", "reason": "bored"}, "reason"),
            ({"note": "  "}, "note"),
        ):
            given = {"outcome": "charged", "note": "ST19001"} | values
            refused(field, lambda g=given: lifecycle.decide(breach, by=officer, **g))

    def test_not_before_somebody_took_it_and_once(self, order: Order) -> None:
        breach = factories.reported(order)
        values = {"outcome": "charged", "note": "ST19001"}
        with pytest.raises(WrongState):
            lifecycle.decide(breach, by=factories.officer(), **values)
        done = factories.decided(order)
        with pytest.raises(WrongState):
            lifecycle.decide(done, by=factories.officer(), **values)

    def test_a_stale_page_is_told(self, order: Order) -> None:
        with pytest.raises(Stale):
            lifecycle.decide(
                factories.acknowledged(order),
                by=factories.officer(),
                outcome="charged",
                note="ST19001",
                version=99,
            )


def test_only_who_may_answer_and_decide(order: Order) -> None:
    breach, officer = factories.acknowledged(order), factories.officer()
    for user in (
        accounts.user(Role.LEGAL),
        factories.control_room(),
        accounts.user(Role.OFFENDER_MANAGER),
        factories.officer(accounts.other_force()),
    ):
        acts: list[Callable[[], Any]] = [
            lambda u=user: lifecycle.assign(breach, by=u, officer=officer),
            lambda u=user: lifecycle.save_point(breach, by=u, key="act", held=False),
            lambda u=user: lifecycle.decide(breach, by=u, outcome="charged", note="ST19001"),
        ]
        for act in acts:
            with pytest.raises(Denied):
                act()


def term(text: str) -> Term:
    return Term(kind="prohibition", text=text, necessity="He wrote to her sister.")


def test_who_takes_the_alert_of_its_clock_has_taken_the_report() -> None:
    """The backstop: the clock on the acknowledgement is told too, an hour after an hour."""
    breach = factories.reported()
    sweep.run(breach.reported_at + timedelta(minutes=30))
    alert = Alert.objects.get(kind="acknowledge_breach")
    lead = factories.lead()
    alerts.acknowledge(alert, by=lead)
    breach.refresh_from_db()
    assert (breach.status, breach.acknowledged_by) == (S.ACKNOWLEDGED, lead)
    assert not Alert.objects.filter(thread=queries.thread_of(breach), acknowledged_at=None).exists()
    assert "acknowledge_breach" not in open_clocks(breach)
    told = Alert.objects.filter(kind__in=("acknowledge_breach", queries.KIND))
    before = told.count()
    sweep.run(breach.reported_at + timedelta(days=2))
    assert told.count() == before


@pytest.mark.parametrize("kind", ["breach_reported", "nobody_on_rung", "message_failed"])
def test_whatever_alert_of_the_ladder_is_taken_the_report_is_acknowledged(kind: str) -> None:
    """An alarm about the ladder is in its thread: taking it must not silence an open report."""
    breach = factories.reported()
    alert = Alert.objects.filter(thread=f"breach_reported:{breach.pk}").first()
    assert alert is not None
    alert.kind = kind
    lifecycle.on_alert_taken(alert, by=factories.lead())
    breach.refresh_from_db()
    assert breach.status == S.ACKNOWLEDGED
