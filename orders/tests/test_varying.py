"""What we ask of a court must be lawful; what he asks, and what the court decides, is recorded."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import CLOCK
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework import clock
from casework.errors import Refused, WrongState
from casework.models import Case, Deadline
from law.periods import LONDON, end_instant, local_date
from orders import lifecycle
from orders.forms.varying import may_be_heard, may_consent
from orders.lifecycle import Decision, varying
from orders.models import Order, Variation
from orders.queries import as_at, current_order
from orders.terms import Act, Change
from orders.tests import factories

pytestmark = pytest.mark.django_db
KEEP_AWAY = replace(
    factories.KEEP_OUT,
    text="You must not go within 100 metres of Ms A.",
    short="Go within 100 metres of Ms A",
    locality="",
)
ADD = Change(Act.ADD, None, KEEP_AWAY)
AMEND = Change(Act.AMEND, 2, KEEP_AWAY)
REMOVE = Change(Act.REMOVE, 3)


def waiting(kind: str, order: Order) -> list[Deadline]:
    return list(Deadline.objects.filter(case_id=order.case_id, kind=kind, done_at=None))


def decide(variation: Variation, **facts: Any) -> Variation:
    given: dict[str, Any] = {
        "outcome": "granted",
        "decided_at": clock.now(),
        "heard": ("subject",),
    }
    return lifecycle.decide_variation(
        variation,
        by=factories.officer(of=variation.case.force),
        decision=Decision(**(given | facts)),
    )


def blocks(variation: Variation) -> set[str]:
    return {f["provision"] for f in variation.findings if f["weight"] == "block"}


@pytest.fixture(scope="module")
def served(shared: None) -> dict[str, Order]:
    return {
        "full": factories.served(clock.now() - timedelta(days=30)),
        "interim": factories.served(clock.now() - timedelta(days=10), kind="interim"),
    }


@pytest.fixture
def order(served: dict[str, Order]) -> Order:
    return Order.objects.get(pk=served["full"].pk)


@pytest.fixture
def interim(served: dict[str, Order]) -> Order:
    return Order.objects.get(pk=served["interim"].pk)


def apply(act: Any, order: Order, **facts: Any) -> Variation:
    return act(order, by=factories.officer(), asked=factories.asked(order, **facts))


class TestAsking:
    def test_each_kind_has_its_code(self, order: Order, interim: Order) -> None:
        """ST19502 to ST19507."""
        until = clock.today() + timedelta(days=900)
        codes = [
            apply(lifecycle.apply_to_vary, of, changes=(REMOVE,)).code
            + apply(lifecycle.apply_to_renew, of, asked_until=until).code
            + apply(lifecycle.apply_to_discharge, of, consents=("subject", of.force_id)).code
            for of in (order, interim)
        ]
        assert codes == ["ST19502ST19503ST19504", "ST19505ST19506ST19507"]

    def test_its_day_in_court_is_chased(self, order: Order) -> None:
        day = clock.today() + timedelta(days=7)
        variation = apply(lifecycle.apply_to_vary, order, changes=(REMOVE,), hearing_on=day)
        [task] = waiting("decide_variation", order)
        assert (task.about_id, task.due_at) == (variation.pk, end_instant(day))

    def test_our_own_unlawful_ones_are_refused_and_leave_no_trace(
        self, order: Order, interim: Order
    ) -> None:
        other = accounts.other_force()
        before = Entry.objects.count()
        bare = Change(Act.ADD, None, replace(KEEP_AWAY, necessity=" "))
        for act, of, field, facts in (
            (lifecycle.apply_to_discharge, order, "consents", {}),  # s4(4)(b), R4.4
            (lifecycle.apply_to_discharge, order, "consents", {"consents": (order.force_id,)}),
            (lifecycle.apply_to_vary, order, "necessity", {"changes": (bare,)}),  # s4(4)(a)
            (lifecycle.apply_to_vary, order, "changes", {}),
            (lifecycle.apply_to_renew, interim, "asked_until", {"asked_until": None}),  # s5(6)(a)
            (lifecycle.apply_to_renew, order, "asked_until", {"asked_until": order.last_day}),
            (lifecycle.apply_to_renew, order, "grounds", {"grounds": " "}),
            (lifecycle.apply_to_renew, order, "applicant_force", {"applicant_force": None}),
            (lifecycle.apply_to_renew, order, "applicant", {"applicant": "a friend"}),
            (
                lifecycle.apply_to_renew,
                order,
                "applied_on",
                {"applied_on": clock.today() + timedelta(days=1)},
            ),
            (
                lifecycle.apply_to_renew,
                order,
                "applied_on",
                {"applied_on": local_date(order.made_at) - timedelta(days=1)},
            ),
            (
                lifecycle.apply_to_renew,
                order,
                "hearing_on",
                {"hearing_on": clock.today() - timedelta(days=1)},
            ),
        ):
            with pytest.raises(Refused) as no:
                apply(act, of, **facts)
            assert no.value.field == field, facts
        assert Entry.objects.count() == before
        assert not Variation.objects.exists()
        assert other  # a second force exists, and consents of it would not do

    def test_an_interim_has_no_two_year_rule(self, interim: Order) -> None:
        """R5.5."""
        assert apply(lifecycle.apply_to_discharge, interim).findings == []

    def test_after_two_years_no_consent_is_asked(self) -> None:
        """W21: first day 2028-03-27 for an order of 2026-03-27."""
        made_at = clock.now() - timedelta(days=732)
        order = factories.made(made_at, until_further_order=True)
        assert apply(lifecycle.apply_to_discharge, order).findings == []

    def test_what_the_subject_asks_is_recorded_with_its_findings(self, order: Order) -> None:
        """W21: the residence force consents too."""
        other = accounts.other_force()
        variation = lifecycle.apply_to_discharge(
            order,
            by=factories.officer(),
            asked=factories.by_subject(
                order, residence_force=other, consents=("subject", order.force_id)
            ),
        )
        assert blocks(variation) == {"s4(4)(b)"}
        assert other.name in variation.findings[0]["message"]

    def test_a_force_without_a_limb_is_recorded_with_its_finding(self, order: Order) -> None:
        other = accounts.other_force()
        variation = lifecycle.apply_to_vary(
            order, by=factories.officer(), asked=factories.asked(order, applicant_force=other)
        )
        assert blocks(variation) == {"s4(1)"}

    def test_a_renewal_heard_too_late_is_warned_of(self) -> None:
        """W24: it lapses meanwhile."""
        made_at = clock.now() - timedelta(days=20)
        order = factories.made(made_at, last_day=clock.today() + timedelta(days=3))
        variation = apply(
            lifecycle.apply_to_renew,
            order,
            asked_until=clock.today() + timedelta(days=900),
            hearing_on=clock.today() + timedelta(days=8),
        )
        assert [f["weight"] for f in variation.findings] == ["warn"]

    def test_one_of_a_kind_at_a_time_and_none_on_an_ended_order(self, interim: Order) -> None:
        apply(lifecycle.apply_to_vary, interim, changes=(REMOVE,))
        with pytest.raises(WrongState, match="waits already"):
            apply(lifecycle.apply_to_vary, interim, changes=(REMOVE,))
        lifecycle.determine(interim, by=factories.officer(), at=clock.now() - timedelta(days=1))
        with pytest.raises(Refused, match="had ended"):
            apply(lifecycle.apply_to_renew, interim)

    def test_who_may_apply(self, order: Order) -> None:
        for role in set(Role) - {Role.OFFICER, Role.LEGAL, Role.STALKING_LEAD, Role.CLOCK}:
            with pytest.raises(Denied):
                lifecycle.apply_to_vary(
                    order, by=accounts.user(role), asked=factories.asked(order, changes=(REMOVE,))
                )
        with pytest.raises(Denied):
            lifecycle.apply_to_vary(
                order, by=factories.other_force_officer(), asked=factories.asked(order)
            )


class TestVarying:
    def test_each_wording_is_in_force_in_its_own_time(self, order: Order) -> None:
        variation = apply(lifecycle.apply_to_vary, order, changes=(ADD, AMEND, REMOVE))
        moment = clock.now()
        decide(variation, decided_at=moment, changes=(ADD, AMEND, REMOVE))
        before = moment - timedelta(microseconds=1)
        assert [(c.number, c.wording) for c in as_at(order, before)] == [(1, 1), (2, 1), (3, 1)]
        assert [(c.number, c.wording) for c in as_at(order, moment)] == [(1, 1), (2, 2), (4, 1)]
        assert as_at(order, moment).get(number=2).text == KEEP_AWAY.text
        assert variation.status == Variation.Status.GRANTED
        assert Entry.objects.filter(verb="vary", row_id=str(order.pk)).exists()

    def test_a_refusal_changes_nothing(self, order: Order) -> None:
        variation = apply(lifecycle.apply_to_vary, order, changes=(REMOVE,), hearing_on=None)
        decide(variation, outcome="refused")
        assert as_at(order, clock.now()).count() == 3
        assert variation.status == Variation.Status.REFUSED

    def test_an_addition_without_necessity_and_a_subject_not_heard_are_findings(
        self, order: Order
    ) -> None:
        """What the court did is a fact: s4(2)(a), s4(4)(a)."""
        variation = apply(lifecycle.apply_to_vary, order, changes=(ADD,))
        bare = Change(Act.ADD, None, replace(KEEP_AWAY, necessity=""))
        decide(variation, changes=(bare,), heard=())
        assert blocks(variation) == {"s4(2)(a)", "s4(4)(a)"}
        assert waiting("legal_query", order)
        assert as_at(order, clock.now()).count() == 4

    def test_what_was_not_in_force_cannot_change(self, order: Order) -> None:
        first = apply(lifecycle.apply_to_vary, order, changes=(REMOVE,))
        moment = clock.now()
        decide(first, decided_at=moment, changes=(REMOVE,))
        second = apply(lifecycle.apply_to_vary, order, changes=(REMOVE,))
        for field, facts in (
            ("changes", {}),  # granted, and not said what
            ("changes", {"changes": (REMOVE,)}),
            ("changes", {"changes": (Change(Act.REMOVE, 99),)}),
            ("changes", {"changes": (Change(Act.ADD),)}),
            ("decided_at", {"decided_at": order.made_at}),
            ("decided_at", {"decided_at": clock.now() + timedelta(hours=1)}),
            ("outcome", {"outcome": "perhaps"}),
        ):
            with pytest.raises(Refused) as no:
                decide(second, **facts)
            assert no.value.field == field
        second.refresh_from_db()
        assert second.status == Variation.Status.APPLIED
        decide(second, outcome="withdrawn")
        with pytest.raises(WrongState, match="withdrawn"):
            decide(second)

    def test_a_change_before_a_later_one_is_refused(self, order: Order) -> None:
        first = apply(lifecycle.apply_to_vary, order, changes=(AMEND,))
        decide(first, changes=(AMEND,))
        second = apply(lifecycle.apply_to_vary, order, changes=(AMEND,))
        Variation.objects.filter(pk=second.pk).update(applied_on=local_date(order.made_at))
        with pytest.raises(Refused) as no:
            decide(second, decided_at=order.made_at + timedelta(days=1), changes=(AMEND,))
        assert no.value.field == "decided_at"


class TestRenewing:
    def test_the_order_has_its_new_last_day_and_its_guard(self, interim: Order) -> None:
        until = interim.last_day + timedelta(days=28)
        variation = apply(lifecycle.apply_to_renew, interim, asked_until=until)
        decide(variation, last_day=until)
        interim.refresh_from_db()
        assert interim.last_day == until
        [guard] = waiting("interim_ends", interim)
        assert guard.due_at == end_instant(until - timedelta(days=14))

    def test_while_the_court_is_asked_the_clock_runs_to_the_last_day(self, interim: Order) -> None:
        until = interim.last_day + timedelta(days=28)
        [before] = waiting("interim_ends", interim)
        variation = apply(lifecycle.apply_to_renew, interim, asked_until=until)
        [asked] = waiting("interim_ends", interim)
        assert asked.due_at == end_instant(interim.last_day) > before.due_at
        decide(variation, outcome="refused")
        [refused] = waiting("interim_ends", interim)
        assert refused.due_at == before.due_at
        assert refused.title == before.title

    def test_an_interim_renewed_without_an_end_is_a_finding(self, interim: Order) -> None:
        until = interim.last_day + timedelta(days=28)
        variation = apply(lifecycle.apply_to_renew, interim, asked_until=until)
        decide(variation, last_day=None)
        assert blocks(variation) == {"s5(6)(a)"}
        assert not waiting("interim_ends", interim)

    def test_granted_in_time_and_typed_after_the_clock_had_ended_it(self) -> None:
        made_at = clock.now() - timedelta(days=30)
        order = factories.served(made_at, kind="interim")
        last = order.last_day
        day = datetime.combine(last, datetime.min.time(), LONDON).replace(hour=15)
        with factories.at(day):
            variation = apply(
                lifecycle.apply_to_renew, order, asked_until=last + timedelta(days=28)
            )
        lifecycle.expire(order, by=CLOCK)
        assert Case.objects.get(pk=order.case_id).status == Case.Status.COURT
        decide(variation, decided_at=day, last_day=last + timedelta(days=28))
        order.refresh_from_db()
        assert (order.status, order.ended_at, order.end_reason) == ("served", None, "")
        assert current_order(order.case, clock.now()) == order
        assert Case.objects.get(pk=order.case_id).status == Case.Status.ORDER

    def test_granted_after_the_lapse_is_recorded_and_revives_nothing(self) -> None:
        """R4.6: nothing is left to renew. A lawyer looks."""
        order = factories.served(clock.now() - timedelta(days=30), kind="interim")
        last = order.last_day
        with factories.at(clock.now() - timedelta(days=5)):
            variation = apply(
                lifecycle.apply_to_renew, order, asked_until=last + timedelta(days=28)
            )
        decide(variation, last_day=last + timedelta(days=28))
        order.refresh_from_db()
        assert variation.status == Variation.Status.GRANTED
        assert order.last_day == last
        assert "s4(1)" in blocks(variation)
        assert waiting("legal_query", order)


class TestDischarging:
    def test_the_order_ends_at_that_moment(self, order: Order) -> None:
        consents = ("subject", order.force_id)
        variation = apply(lifecycle.apply_to_discharge, order, consents=consents)
        moment = clock.now()
        decide(variation, decided_at=moment)
        order.refresh_from_db()
        assert (order.status, order.end_reason) == ("ended", Order.EndReason.DISCHARGED)
        assert order.ended_at == moment
        assert variation.findings == []
        assert Case.objects.get(pk=order.case_id).status == Case.Status.ENDED
        assert current_order(order.case, moment) is None
        assert not waiting("order_ends", order)

    def test_a_court_that_needed_a_consent_is_recorded_with_the_finding(self, order: Order) -> None:
        variation = lifecycle.apply_to_discharge(
            order, by=factories.officer(), asked=factories.by_subject(order)
        )
        decide(variation, consents=("subject",))
        order.refresh_from_db()
        assert order.end_reason == Order.EndReason.DISCHARGED
        assert blocks(variation) == {"s4(4)(b)"}
        assert variation.consents == ["subject"]
        assert waiting("legal_query", order)

    def test_after_its_end_it_is_recorded_and_changes_nothing(self, interim: Order) -> None:
        variation = apply(lifecycle.apply_to_discharge, interim)
        full = factories.full_after(interim)
        decide(variation)
        interim.refresh_from_db()
        assert interim.end_reason == Order.EndReason.REPLACED
        assert interim.ended_at == full.made_at
        assert blocks(variation) == {"s4(1)"}


def test_who_may_record_the_decision(order: Order) -> None:
    variation = apply(lifecycle.apply_to_vary, order, changes=(REMOVE,))
    decision = Decision("refused", clock.now())
    for role in set(Role) - {Role.OFFICER, Role.LEGAL, Role.STALKING_LEAD, Role.CLOCK}:
        with pytest.raises(Denied):
            lifecycle.decide_variation(variation, by=accounts.user(role), decision=decision)
    with pytest.raises(Denied):
        lifecycle.decide_variation(variation, by=factories.other_force_officer(), decision=decision)
    variation.refresh_from_db()
    assert variation.status == Variation.Status.APPLIED


@pytest.mark.parametrize(
    ("origin", "ours"), [("s1_application", True), ("court_conviction", False)]
)
def test_who_did_not_apply_for_the_order_is_not_asked_for_a_consent(
    order: Order, origin: str, *, ours: bool
) -> None:
    """s4(4)(b)(ii): a court may make an order of its own motion."""
    Order.objects.filter(pk=order.pk).update(origin=origin)
    asked = factories.by_subject(order, residence_force=None, lives_outside=True)
    variation = lifecycle.apply_to_discharge(order, by=factories.officer(), asked=asked)
    assert (order.force_id in dict(may_consent(variation))) is ours
    assert order.force_id in dict(may_be_heard(variation)), "s4(2)"


@pytest.mark.parametrize(
    ("status", "reason", "asked"),
    [
        ("made", "", True),
        ("served", "", True),
        ("ended", "expired", True),
        *(("ended", r, False) for r in ("discharged", "determined", "replaced", "appeal")),
    ],
)
def test_about_which_orders_a_court_may_still_be_asked(
    status: str, reason: str, *, asked: bool
) -> None:
    order = Order(status=status, end_reason=reason)
    assert varying.may_be_asked_about(order) is asked
