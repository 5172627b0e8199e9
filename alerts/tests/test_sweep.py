"""Level-triggered: what is due and has no row. Nothing remembers the last run."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from alerts import actions, ladders, sweep
from alerts.models import Alert
from alerts.tests.factories import (
    DAY,
    HOUR,
    breach,
    case,
    deadline,
    later,
    lead,
    officer,
    raised,
)
from audit.actor import acting_as
from casework.actions import stop_clock
from casework.models import Case

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_nothing_is_raised_before_its_moment():
    end = later(hours=5)
    deadline(case(), due_at=end)
    assert raised(end - 4 * HOUR - MINUTE) == []
    assert raised(end - 4 * HOUR) == [("serve_order", 0)]


def test_a_clock_that_runs_out_climbs_rung_by_rung():
    end = later(days=1)
    deadline(case(), due_at=end)
    assert raised(end - HOUR) == [("serve_order", 0)]
    assert raised(end) == [("serve_order", 0), ("serve_order", 1)]
    assert raised(end + DAY) == [("serve_order", 0), ("serve_order", 1), ("serve_order", 2)]


def test_a_second_sweep_raises_nothing():
    deadline(case(), due_at=later(hours=1))
    assert sweep.run() == 1
    assert sweep.run() == 0


def test_a_schedule_that_was_dead_raises_the_same_alerts_and_marks_them_late():
    of, end = case(), later(days=-3)
    deadline(of, due_at=end)
    for moment in (end - 4 * HOUR, end, end + DAY):
        sweep.run(moment + MINUTE / 2)
    in_time = set(Alert.objects.values_list("key", "due_at", "late"))
    deadline(other := case(), due_at=end)
    assert sweep.run() == 3
    missed = Alert.objects.filter(case=other)
    assert len(in_time) == 3
    assert {late for *_, late in in_time} == {False}
    assert all(alert.late for alert in missed)
    assert {a.due_at for a in missed} == {due for _, due, _ in in_time}


def test_a_clock_that_jumps_raises_nothing_twice():
    end = later(days=2)
    deadline(case(), due_at=end)
    assert sweep.run(end + 9 * DAY) == 3
    assert sweep.run(end - 9 * DAY) == 0
    assert sweep.run(end) == 0
    assert sweep.run(end + 9 * DAY) == 0


def test_a_thing_that_is_done_raises_nothing_more():
    of, end = case(), later(days=-1)
    deadline(of, due_at=end)
    deadline(case(), due_at=end + 99 * DAY)  # another clock of the kind goes on
    sweep.run(end)
    stop_clock(of, "serve_order", about=of.pk, by=officer())
    assert sweep.run(end + 9 * DAY) == 0


def test_a_corrected_date_is_a_new_clock():
    of, end = case(), later(hours=2)
    first = deadline(of, due_at=end)
    sweep.run(end)
    moved = deadline(of, due_at=end + 2 * DAY)
    assert moved.pk == first.pk
    assert sweep.run(end) == 0
    assert sweep.run(end + 2 * DAY) == 2
    assert set(Alert.objects.values_list("clock_at", flat=True)) == {end, end + 2 * DAY}


def test_a_kind_that_nobody_thought_of_is_raised_all_the_same():
    end = later(days=2)
    deadline(case(), "something_new", due_at=end, owner="legal")
    assert raised(end + DAY) == [("something_new", rung) for rung in range(3)]
    reminder = Alert.objects.get(rung=0)
    assert reminder.recipients == "role:legal"


def test_the_owner_of_a_clock_may_be_the_officer():
    end = later(days=2)
    deadline(case(), "lodge", due_at=end, owner="officer")
    sweep.run(end - DAY)
    assert Alert.objects.get().recipients == "officer,officer"


def test_acknowledging_stops_the_climb_of_that_news_alone():
    end = later(days=2)
    deadline(case(), "tell_protected_person", due_at=end)
    sweep.run(end)
    late = Alert.objects.get(rung=1)
    actions.acknowledge(late, by=lead())
    assert sweep.run(end + 9 * DAY) == 0
    assert Alert.objects.get(rung=0).acknowledged_at is None


def test_a_reminder_that_was_acknowledged_never_silences_the_late_alert():
    end = later(days=2)
    deadline(case(), "serve_order", due_at=end)
    sweep.run(end - HOUR)
    actions.acknowledge(Alert.objects.get(), by=lead())
    assert sweep.run(end) == 1


def test_a_breach_climbs_until_somebody_takes_it():
    alert = breach(case())
    begun = alert.due_at
    assert raised(begun + 14 * MINUTE) == [("breach_reported", 0)]
    assert raised(begun + 15 * MINUTE)[-1] == ("breach_reported", 1)
    assert raised(begun + 30 * MINUTE)[-1] == ("breach_reported", 2)
    actions.acknowledge(Alert.objects.get(rung=1), by=lead())
    assert sweep.run(begun + 9 * DAY) == 0
    assert not Alert.objects.filter(acknowledged_at=None).exists()


def test_nobody_takes_it_and_it_never_ends():
    alert = breach(case())
    sweep.run(alert.due_at + DAY)
    for days in (2, 9, 300):
        assert sweep.run(alert.due_at + days * DAY) == 1
        assert sweep.run(alert.due_at + days * DAY) == 0
        assert sweep.run(alert.due_at + days * DAY + HOUR) == 1
    last = Alert.objects.order_by("due_at").last()
    assert last.due_at == alert.due_at + 300 * DAY + HOUR
    assert last.recipients == "officer,inbox,role:stalking_lead,role:authorising_officer"
    actions.acknowledge(alert, by=lead())
    assert sweep.run(alert.due_at + 400 * DAY) == 0


def test_of_the_times_that_a_dead_schedule_missed_only_the_last_is_made_up_for():
    alert = breach(case())
    base = len(ladders.UNTIL_SOMEBODY_TAKES_IT)
    sweep.run(alert.due_at + 5 * HOUR)
    assert Alert.objects.count() == base
    assert sweep.run(alert.due_at + 50 * HOUR) == 1
    assert sweep.run(alert.due_at + 30 * HOUR) == 0, "a clock that fell back"
    assert Alert.objects.count() == base + 1


def test_a_clock_that_needs_an_answer_is_told_every_hour_until_it_has_one():
    of, end = case(), later(hours=-50)
    deadline(of, "tell_protected_person", due_at=end)
    sweep.run(end + 10 * HOUR)
    assert sweep.run(end + 11 * HOUR) == 1
    assert sweep.run(end + 11 * HOUR + MINUTE) == 0
    assert sweep.run(end + 12 * HOUR) == 1
    deadline(of, "tell_protected_person", due_at=end + 20 * HOUR)
    assert sweep.run(end + 21 * HOUR) == 3, "a corrected date is a new clock, from its first rung"
    actions.acknowledge(Alert.objects.order_by("due_at").last(), by=lead())
    assert sweep.run(end + 40 * HOUR) == 0


def test_the_clock_on_an_acknowledgement_is_told_though_the_report_s_alert_is_lost():
    of, end = case(), later(hours=-5)
    deadline(of, "acknowledge_breach", due_at=end)
    assert raised(end + 14 * MINUTE) == []
    assert raised(end + 15 * MINUTE) == [("acknowledge_breach", 0)]
    assert sweep.run(end + 75 * MINUTE) == 1
    stop_clock(of, "acknowledge_breach", about=of.pk, by=officer())
    assert sweep.run(end + 9 * DAY) == 0


def test_any_news_that_somebody_wants_answered_climbs():
    news = actions.raise_alert(
        "document_blocked",
        case=case(),
        key="k:1",
        path="",
        text="Look",
        by=officer(),
        needs_acknowledgement=True,
    )
    assert sweep.run(news.due_at + DAY) == 1
    assert sweep.run(news.due_at + 2 * DAY) == 1


def test_what_is_missing_is_counted_and_not_raised():
    end = later(hours=-1)
    deadline(case(), due_at=end)
    breach(case())
    assert sweep.missing(end) == 2
    assert Alert.objects.count() == 1
    sweep.run(end)
    assert sweep.missing(end) == 0


def test_a_sweep_by_nobody_is_refused():
    deadline(case(), due_at=later(hours=1))
    with acting_as(""), pytest.raises(DatabaseError, match="no actor"):
        sweep.run()


def test_the_same_news_twice_is_one_alert():
    of, by = case(), officer()
    told = {"case": of, "key": "k:1", "path": "", "text": "Look", "by": by}
    assert actions.raise_alert("request_decided", **told).pk == (
        actions.raise_alert("request_decided", **told).pk
    )
    assert Alert.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_schedules_at_once_raise_each_alert_once():
    end = later(hours=1)
    for _ in range(20):
        deadline(case(), due_at=end)
    gate, raised_by = threading.Barrier(4), []

    def run() -> None:
        with acting_as("test:thread"):
            gate.wait()
            raised_by.append(sweep.run())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(raised_by) == Alert.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_a_sweep_does_not_wait_for_a_case_that_somebody_works_on():
    of = case()
    deadline(of, due_at=later(hours=1))
    held, done = threading.Event(), threading.Event()

    def work() -> None:
        with acting_as("test:thread"), transaction.atomic():
            Case.objects.select_for_update(no_key=True).get(pk=of.pk)
            held.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    held.wait(10)
    assert sweep.run() == 1
    done.set()
    thread.join()


def test_while_a_past_is_told_no_rung_is_raised():
    deadline(case(), "serve_order", due_at=later(hours=-30))
    with sweep.paused():
        assert sweep.run() == 0
    assert sweep.run() > 0
