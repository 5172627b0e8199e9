"""The loop that needs PostgreSQL alone, and the signs of life of all loops."""

import io
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from alerts import heartbeat, queries, turn
from alerts.management.commands import watch
from alerts.management.commands.sweep import moment
from alerts.models import Alert, Heartbeat, Message
from alerts.tests.factories import DAY, case, deadline, later, lead

pytestmark = pytest.mark.django_db


def beaten(loop: str, *, seconds_ago: float) -> None:
    Heartbeat.objects.update_or_create(loop=loop, defaults={"at": later(seconds=-seconds_ago)})
    queries.forget()


def test_the_watch_takes_over_when_the_schedule_is_silent():
    deadline(case(), due_at=later(hours=1))
    beaten(heartbeat.SWEEP, seconds_ago=16)
    watch.look()
    assert Message.objects.filter(channel="email", state="sent").exists()


def test_the_watch_takes_over_where_there_never_was_a_schedule():
    deadline(case(), due_at=later(hours=1))
    watch.look()
    assert Alert.objects.exists()


def test_the_watch_leaves_a_living_schedule_alone():
    deadline(case(), due_at=later(hours=1))
    beaten(heartbeat.SWEEP, seconds_ago=5)
    watch.look()
    assert not Alert.objects.exists()
    assert heartbeat.silent_for(heartbeat.WATCH) < timedelta(seconds=5)


def test_the_watch_never_speaks_for_the_schedule():
    watch.look()
    assert heartbeat.silent_for(heartbeat.SWEEP) == timedelta.max
    assert heartbeat.silent_for(heartbeat.TURN) < timedelta(seconds=5)


def test_a_turn_that_failed_leaves_no_sign_of_life(monkeypatch):
    def broken() -> int:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr("alerts.delivery.deliver_due", broken)
    turn.take(heartbeat.SWEEP)
    assert heartbeat.ages() == {}


@pytest.mark.django_db(transaction=True)
def test_the_watch_outlives_its_connection():
    watch.look()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SET ROLE NONE")  # only the server's own may
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    other.close()
    time.sleep(0.1)
    watch.look()  # finds it gone, and does not fall over
    watch.look()
    assert heartbeat.silent_for(heartbeat.WATCH) < timedelta(seconds=5)


def test_a_database_that_is_gone_is_the_callers_business(monkeypatch):
    def gone(at):
        raise OperationalError("gone")

    monkeypatch.setattr("alerts.sweep.run", gone)
    with pytest.raises(OperationalError):
        turn.take()


def test_the_sweep_command_says_what_it_did():
    lead()
    deadline(case(), due_at=later(hours=1))
    said = io.StringIO()
    call_command("sweep", stdout=said)
    assert said.getvalue().strip() == "1 raised, 1 addressed, 1 sent"


def test_the_sweep_command_can_look_ahead_in_demonstration_data(settings):
    settings.DEMONSTRATION = True
    lead()
    deadline(case(), due_at=later(days=3))
    call_command("sweep", at=(later() + 5 * DAY).isoformat(), stdout=io.StringIO())
    assert Alert.objects.count() == 3


def test_the_sweep_command_looks_ahead_nowhere_else(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="demonstration"):
        call_command("sweep", at="2026-11-25T09:00")


def test_a_moment_that_cannot_be_is_named(settings):
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="Write it like"):
        call_command("sweep", at="31 February")


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (
            "2026-10-25T01:30",
            r"twice. Write 2026-10-25T01:30:00\+01:00 or 2026-10-25T01:30:00\+00:00",
        ),
        ("2027-03-28T01:30", "there is no such time"),
    ],
)
def test_an_hour_that_came_twice_or_not_at_all_is_refused(settings, at, says):
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match=says):
        call_command("sweep", at=at)
    for offset in ("+01:00", "+00:00"):
        said = io.StringIO()
        call_command("sweep", at=f"{at}{offset}", stdout=said)
        assert said.getvalue().startswith("0 raised")
    call_command("sweep", at=at.replace("T01", "T02"), stdout=io.StringIO())


def test_an_offset_says_which_of_the_two_hours():
    first, second = (moment(f"2026-10-25T01:30{offset}") for offset in ("+01:00", "+00:00"))
    assert second - first == timedelta(hours=1)
    assert moment("2026-07-01T09:00") == datetime(2026, 7, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds_ago", "warns", "says"),
    [(4, False, "Alerts are being sent: last checked"), (91, True, "have not been checked since")],
)
def test_every_page_says_whether_alerts_are_being_sent(seconds_ago, warns, says):
    beaten(heartbeat.TURN, seconds_ago=seconds_ago)
    line = queries.line()
    assert says in line.text
    assert line.warns is warns


def test_every_page_says_that_nothing_was_checked_yet():
    line = queries.line()
    assert line.warns
    assert "nothing has checked them yet" in line.text


def test_the_sentence_costs_one_question_for_many_pages(django_assert_num_queries):
    with transaction.atomic():
        beaten(heartbeat.TURN, seconds_ago=1)
    with django_assert_num_queries(2):
        for _ in range(20):
            queries.line()
