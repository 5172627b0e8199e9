"""The worked examples W1 to W17 and W33, W34, not as functions but through the acts and the database."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from accounts.models import CLOCK
from casework.models import Case, Deadline
from law.periods import LONDON, end_instant
from notifications import lifecycle, queries
from notifications.models import Duty, SuspectedFailure
from notifications.tests import factories
from orders.models import Order, Variation
from orders.terms import Act, Change
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
S = Duty.Status


def london(text: str) -> datetime:
    """ "2026-03-28 23:50" on the clocks of London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 10, 15, tzinfo=LONDON)


def open_clock(duty: Duty) -> Deadline | None:
    return Deadline.objects.filter(about_id=duty.pk, done_at=None).first()


def sweep(today: str) -> list[str]:
    """The clock looks at this day; the codes of what it opened."""
    day = date.fromisoformat(today)
    opened = []
    with orders.at(moment(day)):
        for duty in queries.overdue(day):
            lifecycle.open_failure(duty, by=CLOCK, today=day)
            opened += [f.offence_code for f in duty.failures.all()]
    return opened


@pytest.mark.parametrize(
    ("example", "made_at", "served_at", "due_on", "ends_at"),
    [
        ("W1", "2026-03-27 10:15", "2026-03-28 23:50", "2026-03-30", "2026-03-30T23:00+00:00"),
        ("W2", "2026-10-20 10:15", "2026-10-24 00:05", "2026-10-26", "2026-10-27T00:00+00:00"),
        ("W3", "2026-06-12 10:15", "2026-06-14 00:20", "2026-06-16", "2026-06-16T23:00+00:00"),
        ("W4", "2026-04-01 10:15", "2026-04-02 11:00", "2026-04-04", "2026-04-04T23:00+00:00"),
        ("W4", "2026-12-23 10:15", "2026-12-24 11:00", "2026-12-26", "2026-12-27T00:00+00:00"),
        ("W5", "2028-02-25 10:15", "2028-02-28 11:00", "2028-03-01", "2028-03-02T00:00+00:00"),
        ("W5", "2027-02-26 10:15", "2027-02-27 11:00", "2027-03-01", "2027-03-02T00:00+00:00"),
        ("W6", "2026-12-29 10:15", "2026-12-30 11:00", "2027-01-01", "2027-01-02T00:00+00:00"),
    ],
)
def test_the_deadline_of_worked_examples_through_the_acts(
    example: str, made_at: str, served_at: str, due_on: str, ends_at: str
) -> None:
    order = orders.made(london(made_at), kind="interim")
    assert factories.duty(order).status == S.WAITING
    factories.served_on(order, london(served_at))
    duty = factories.duty(order)
    assert (duty.status, duty.due_on) == (S.OPEN, date.fromisoformat(due_on))
    clock = open_clock(duty)
    assert clock is not None
    assert clock.due_at == datetime.fromisoformat(ends_at) == end_instant(duty.due_on)
    assert sweep(due_on) == [], "the last day runs to midnight"
    assert sweep(str(duty.due_on + timedelta(days=1))) == ["ST19002"]
    assert duty.failures.get().failed_from == duty.due_on + timedelta(days=1)


def w7_new_name() -> None:
    order = orders.served(london("2026-05-01 09:00"))
    duty = factories.changed(order, date(2026, 5, 5))
    assert (duty.status, duty.due_on) == (S.OPEN, date(2026, 5, 7))
    factories.attended(factories.duty(order), london("2026-05-01 15:00"))
    assert sweep("2026-05-07") == []
    assert sweep("2026-05-08") == ["ST19003"]


def w8_told_in_advance() -> None:
    order = orders.served(london("2026-04-01 09:00"))
    duty = factories.changed(order, date(2026, 5, 5))
    factories.attended(duty, london("2026-05-01 12:00"))
    duty.refresh_from_db()
    assert duty.status == S.MET
    assert open_clock(duty) is None


def w9_moves_to_another_area() -> None:
    kent, surrey = (
        orders.accounts.force(),
        orders.accounts.force("X23000003", "Mockshire Police", "MK"),
    )
    order = orders.served(london("2026-07-01 09:00"))
    facts = {"kind": "address", "left_force": kent, "home_force": surrey}
    early = factories.changed(order, date(2026, 7, 31), **facts)
    assert early.due_on == date(2026, 8, 2)
    there = factories.station(surrey, "Mockham")
    wrong = factories.attended(early, london("2026-07-30 12:00"), station=there)
    assert {f["provision"] for f in wrong.findings} == {"s10(1)(a)"}
    late = factories.changed(order, date(2026, 7, 31), told="9 Mock Row", **facts)
    right = factories.attended(late, london("2026-08-01 12:00"), station=there)
    assert right.findings == []


def w10_sexual_offences_duty_ends() -> None:
    order = orders.served(london("2026-01-12 09:00"))
    duty = factories.duty(order)
    lifecycle.record_soa_duty(duty, by=factories.manager(), soa_from=date(2025, 1, 1))
    assert (duty.status, duty.provision, open_clock(duty)) == (S.NOT_OWED, "s9(5)", None)
    lifecycle.record_soa_duty(
        duty, by=factories.manager(), soa_from=date(2025, 1, 1), soa_until=date(2026, 6, 10)
    )
    assert (duty.status, duty.starts_on, duty.due_on) == (
        S.OPEN,
        date(2026, 6, 10),
        date(2026, 6, 12),
    )


def w11_the_order_ended_before_it() -> None:
    order = orders.served(london("2026-01-12 09:00"), kind="interim", last_day=date(2026, 5, 31))
    duty = factories.duty(order)
    lifecycle.record_soa_duty(
        duty, by=factories.manager(), soa_from=date(2025, 1, 1), soa_until=date(2026, 6, 10)
    )
    assert (duty.status, duty.due_on, duty.provision) == (S.NOT_OWED, None, "s9(6)(d)")


def w12_it_began_after_making() -> None:
    order = orders.served(london("2026-01-12 09:00"))
    duty = factories.duty(order)
    factories.attended(duty, london("2026-01-13 09:00"))
    lifecycle.record_soa_duty(
        duty, by=factories.manager(), soa_from=date(2026, 3, 1), soa_until=date(2026, 9, 1)
    )
    assert (duty.status, duty.due_on) == (S.MET, date(2026, 1, 14))
    assert [f["provision"] for f in duty.findings] == ["s9(6)(b)"]
    during = factories.changed(order, date(2026, 4, 1))
    after = factories.changed(order, date(2026, 9, 2), told="Another name")
    assert (during.status, after.status) == (S.NOT_OWED, S.OPEN)


def w13_full_replaces_interim() -> None:
    interim = orders.made(london("2026-02-01 10:00"), kind="interim", last_day=date(2026, 6, 1))
    factories.served_on(interim, london("2026-02-02 09:00"))
    assert factories.duty(interim).due_on == date(2026, 2, 4)
    factories.attended(factories.duty(interim), london("2026-02-03 09:00"))
    full = orders.full_after(interim, london("2026-04-14 10:00"))
    factories.served_on(full, london("2026-04-15 09:00"))
    duty = factories.duty(full)
    assert (duty.status, duty.provision, duty.findings) == (S.NOT_OWED, "s9(1)(a)", [])
    assert factories.duty(interim).status == S.MET
    assert factories.changed(full, date(2026, 5, 5)).due_on == date(2026, 5, 7)


def w14_interim_had_lapsed() -> None:
    interim = orders.made(london("2026-03-01 10:00"), kind="interim", last_day=date(2026, 3, 31))
    factories.served_on(interim, london("2026-03-02 09:00"))
    full = orders.full_after(interim, london("2026-04-14 10:00"))
    factories.served_on(full, london("2026-04-16 09:00"))
    duty = factories.duty(full)
    assert (duty.status, duty.due_on) == (S.OPEN, date(2026, 4, 18))
    assert [f["provision"] for f in duty.findings] == ["s9(1)(a)"]
    assert "lapsed" in duty.findings[0]["message"]


def w15_interim_never_served() -> None:
    interim = orders.made(london("2026-05-01 10:00"), kind="interim")
    full = orders.full_after(interim, london("2026-05-10 10:00"))
    factories.served_on(full, london("2026-05-11 09:00"))
    duty = factories.duty(full)
    assert (duty.status, duty.due_on) == (S.NOT_OWED, None)
    assert "never served" in duty.findings[0]["message"]
    assert sweep("2026-06-30") == []


def w16_variation_starts_nothing() -> None:
    order = orders.made(london("2026-02-01 10:00"))
    factories.served_on(order, london("2026-02-02 09:00"))
    factories.attended(factories.duty(order), london("2026-02-03 09:00"))
    before = factories.duty(order)
    with orders.at(london("2026-06-15 09:00")):
        variation = orders.lifecycle.apply_to_renew(
            order,
            by=orders.officer(),
            asked=orders.asked(order, applied_on=date(2026, 6, 1), asked_until=date(2030, 1, 1)),
        )
    with orders.at(london("2026-06-16 09:00")):
        orders.lifecycle.decide_variation(
            variation,
            by=orders.officer(),
            decision=orders.lifecycle.Decision(
                outcome=Variation.Status.GRANTED,
                decided_at=london("2026-06-15 12:00"),
                heard=("subject",),
                last_day=date(2030, 1, 1),
            ),
        )
    after = factories.duty(order)
    assert (after.status, after.due_on, after.version) == (
        S.MET,
        date(2026, 2, 4),
        before.version,
    )
    assert Duty.objects.filter(order=order).count() == 1
    order.refresh_from_db()
    with orders.at(london("2026-06-16 10:00")):
        orders.lifecycle.serve(
            order,
            by=orders.officer(),
            proof=orders.proof(london("2026-06-16 09:30")),
            variation=variation,
        )
    served = factories.duty(order)
    assert (served.status, served.due_on, served.version) == (
        S.MET,
        date(2026, 2, 4),
        before.version,
    ), "service of what was varied is proof alone"


def w17_late_is_not_missing() -> None:
    order = orders.made(london("2026-03-27 10:15"), kind="interim")
    factories.served_on(order, london("2026-03-28 23:50"))
    duty = factories.duty(order)
    assert sweep("2026-04-01") == ["ST19002"]
    factories.attended(duty, london("2026-04-05 10:00"))
    duty.refresh_from_db()
    failure = duty.failures.get()
    assert duty.status == S.LATE
    assert (failure.failed_from, failure.failed_until) == (date(2026, 3, 31), date(2026, 4, 5))
    assert failure.status == SuspectedFailure.Status.OPEN
    assert sweep("2026-04-06") == [], "one prosecution for one failure, s11(5)"


def w33_replaced_before_the_deadline() -> None:
    interim = orders.made(london("2026-05-03 10:00"), kind="interim")
    factories.served_on(interim, london("2026-05-04 09:00"))
    full = orders.full_after(interim, london("2026-05-05 10:00"))
    factories.served_on(full, london("2026-05-05 11:00"))
    kept = factories.duty(interim)
    assert (kept.status, kept.due_on) == (S.OPEN, date(2026, 5, 6))
    assert open_clock(kept) is not None
    assert factories.duty(full).status == S.NOT_OWED
    assert "keep that deadline" in factories.duty(full).findings[0]["message"]
    factories.attended(kept, london("2026-05-06 12:00"))
    assert factories.duty(full).findings == [], "and it is met: nothing is left to ask"


def w34_final_day_before_service() -> None:
    order = orders.made(london("2026-02-02 10:00"))
    duty = factories.duty(order)
    lifecycle.record_soa_duty(
        duty, by=factories.manager(), soa_from=date(2025, 1, 1), soa_until=date(2026, 2, 20)
    )
    assert (duty.status, duty.due_on) == (S.WAITING, None)
    factories.served_on(order, london("2026-03-02 09:00"))
    duty.refresh_from_db()
    assert (duty.status, duty.due_on) == (S.OPEN, date(2026, 3, 4))
    assert [f["provision"] for f in duty.findings] == ["s9(7)"]


@pytest.mark.parametrize(
    "example",
    [
        w7_new_name,
        w8_told_in_advance,
        w9_moves_to_another_area,
        w10_sexual_offences_duty_ends,
        w11_the_order_ended_before_it,
        w12_it_began_after_making,
        w13_full_replaces_interim,
        w14_interim_had_lapsed,
        w15_interim_never_served,
        w16_variation_starts_nothing,
        w17_late_is_not_missing,
        w33_replaced_before_the_deadline,
        w34_final_day_before_service,
    ],
    ids=lambda example: example.__name__,
)
def test_worked_examples_through_the_acts(example: Callable[[], None]) -> None:
    example()
    assert (
        not Case.objects.filter(next_due_at=None, deadlines__done_at=None)
        .exclude(deadlines=None)
        .exists()
    ), "the caseload knows the soonest clock"


def test_a_corrected_service_date_moves_the_deadline_and_clears_what_never_failed() -> None:
    order = orders.made(london("2026-05-01 10:00"))
    factories.served_on(order, london("2026-05-04 09:00"))
    duty = factories.duty(order)
    assert sweep("2026-05-07") == ["ST19002"]
    with orders.at(london("2026-05-07 12:00")):
        orders.lifecycle.correct_service(
            order,
            by=orders.officer(),
            proof=orders.proof(london("2026-05-06 09:00")),
            reason="Typed the wrong day",
        )
    duty.refresh_from_db()
    assert (duty.status, duty.due_on) == (S.OPEN, date(2026, 5, 8))
    assert duty.failures.get().status == SuspectedFailure.Status.CLEARED
    clocks = Deadline.objects.filter(case=order.case, done_at=None)
    told = {"tell_what_happened"}  # that the order was made and served is told to whom it protects
    assert {c.kind for c in clocks} - told == {"notify_initial", "order_ends"}
    assert clocks.get(kind="notify_initial").due_at == end_instant(date(2026, 5, 8))
    assert sweep("2026-05-09") == ["ST19002"], "and the new deadline can fail in its turn"
    assert duty.failures.get().status == SuspectedFailure.Status.OPEN


def test_words_served_before_the_order_as_made_was_recorded_count_until_it_is() -> None:
    """The first service counts, s9(1), whichever words it was of and whenever it was typed."""
    order = orders.made(london("2026-06-01 10:00"))
    term = orders.KEEP_OUT
    variation = orders.varied(
        order, london("2026-06-10 10:00"), changes=(Change(Act.AMEND, 2, term),)
    )
    for words, moment, due in (
        (variation, "2026-06-11 09:00", date(2026, 6, 13)),
        (None, "2026-06-02 09:00", date(2026, 6, 4)),
    ):
        order.refresh_from_db()
        orders.lifecycle.serve(
            order, by=orders.officer(), proof=orders.proof(london(moment)), variation=words
        )
        assert factories.duty(order).due_on == due


def test_deriving_again_from_the_same_facts_writes_nothing() -> None:
    order = orders.served(london("2026-05-01 10:00"))
    before = factories.duty(order)
    for _ in range(2):
        lifecycle.derive_duty(Order.objects.get(pk=order.pk), by=CLOCK)
    assert factories.duty(order).version == before.version
